import type { StoredRun } from '../../store/stored-run.ts';
import type { Stream } from '../streams.ts';
import type { LabelPlaces } from './label-places.ts';
import type { QueueWish } from './queue-of-run.ts';

/** What `agentops review` was given beside the run. */
export interface ReviewFlags extends QueueWish {
  readonly labels?: string;
  readonly by?: string;
  readonly out?: string;
  readonly list?: boolean;
  /** false: nobody is asked, the labels that there are will do. */
  readonly ask: boolean;
  /** The suite to write. */
  readonly toSuite?: string;
  /** Labels of the trials that become tasks. */
  readonly label: 'pass' | 'fail' | 'all';
  /** Write over a suite. */
  readonly force?: boolean;
}

/** What every part of a review works on. */
export interface Review {
  readonly run: StoredRun;
  /** The run as the person named it. */
  readonly reference: string;
  /** Folder of the project. */
  readonly root: string;
  readonly flags: ReviewFlags;
  readonly places: LabelPlaces;
  /** Standard output and error as they are now: a terminal may change its width. */
  readonly streams: () => { readonly stdout: Stream; readonly stderr: Stream };
}
