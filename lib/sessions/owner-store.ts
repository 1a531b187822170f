/** What an owner keeps, as a whole. Much may be removed here, so it is in small steps that let others in between. */
export interface OwnerStore {
  /** Notes that an owner was here, at most once a day. */
  visited(owner: string, now: Date): Promise<void>;
  /**
   * All that this owner keeps is gone for everybody from now on, and `purge` or the next `prune`, also of another
   * process, takes it away for good. What the owner begins later stays.
   */
  forget(owner: string, now: Date): Promise<void>;
  /** Empties the trash: nothing in it can be restored from now on. The rest is as with `forget`. */
  emptyTrash(owner: string, now: Date): Promise<void>;
  /** Takes away what this owner was promised to be rid of. */
  purge(owner: string): Promise<void>;
  /**
   * The same for all owners, and for visitors that were not here since `unseenSince`. Those who keep nothing leave no
   * row. Owners of keys stay.
   */
  prune(times: { now: Date; unseenSince: Date; emptySince: Date }): Promise<void>;
}
