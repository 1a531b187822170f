/** How many sessions have a tag: in the list, and archived ones. */
export interface TagCount {
  readonly tag: string;
  readonly listed: number;
  readonly archived: number;
}

/** What an owner's lists can be filtered by. */
export interface FilterStore {
  /** The tags of sessions outside the trash, in alphabetical order. */
  tags(owner: string): Promise<TagCount[]>;
  /** The models of the last replies of the newest sessions, in alphabetical order. */
  models(owner: string): Promise<string[]>;
}
