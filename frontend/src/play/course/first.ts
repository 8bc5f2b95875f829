/** Where the course begins, as the address has it: all else of it is loaded when it is opened. */
export const FIRST_STEP = "01-neuron/1";
