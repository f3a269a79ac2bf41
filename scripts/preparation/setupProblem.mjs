/** Something that a person can put right: its message says what failed and what to do. */
export class SetupProblem extends Error {}
