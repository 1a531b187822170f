export interface Amount {
  readonly unit: 'money' | 'tokens';
  readonly currency: string;
}

/** A budget, of one person or of everybody together. */
export interface Budget {
  readonly window: 'day' | 'month';
  readonly isShared: boolean;
}

export interface Cost {
  /** Null: none of it is known. */
  readonly micros: number | null;
  /** Some of it is not known. */
  readonly isPart: boolean;
  readonly currency: string;
}
