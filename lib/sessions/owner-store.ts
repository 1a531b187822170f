/** Operations on all data of an owner. Large deletions run in small steps, so that other requests are not blocked. */
export interface OwnerStore {
  /** Records a visit of an owner, at most once a day. */
  visited(owner: string, now: Date): Promise<void>;
  /**
   * Hides all of this owner's data at once. `purge`, or the next `prune` of any process, deletes it. Data created later
   * stays.
   */
  forget(owner: string, now: Date): Promise<void>;
  /** Empties the trash: its sessions can no longer be restored. They are deleted as with `forget`. */
  emptyTrash(owner: string, now: Date): Promise<void>;
  /** Deletes this owner's hidden data. */
  purge(owner: string): Promise<void>;
  /**
   * Deletes the hidden data of all owners and the data of visitors not seen since `unseenSince`. Rows of owners without
   * data are removed. Owners of API keys stay.
   */
  prune(times: { now: Date; unseenSince: Date; emptySince: Date }): Promise<void>;
}
