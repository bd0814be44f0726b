// Package evaluate measures what the router hears and decides against labelled files: requests for
// a person, repeated questions, intents, and the turns at which a person should take over. It
// exists so that a figure in the docs is a command that anyone can run on a file of the same
// format, and so that nothing is chosen on the data that it is measured on: thresholds and models
// that are learned come from folds, or from the file given for training.
package evaluate
