// Package history holds what a torture run has seen, so that it can be judged afterwards by code
// that was not there: every client's journal, every session's final log, samples of the desk, the
// faults, and whether each session could be resumed.
//
// The harness writes it while things break, and the checker (package check) reads it once nothing
// moves any more. Neither knows the other; both know these types. A history can be kept as a folder
// of JSON lines and judged again.
package history
