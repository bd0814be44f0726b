// Package intent recognises which of a few hundred known questions a sentence asks.
//
// It exists so that a shop gets a useful bot from a text file alone: no model to download, no
// service to call, nothing leaves the process, and the same file always gives the same answers.
//
// A sentence is normalised, cut into hashed n-grams and weighed by TF-IDF. A multinomial logistic
// regression, trained when the knowledge is loaded, names the likely intents; the likeness of the
// sentence to the nearest known examples settles close calls among them. The same likeness is the
// gate against nonsense: a linear model always has a favourite, but a sentence that resembles no
// example has none. Confidence is calibrated on examples that the model was not trained on.
//
//	text ─ Normalise ─ grams ─ space (TF-IDF) ─┬─ softmax ── top intents ─┐
//	                                           └─ nearest examples ───────┴─ Prediction
//
// Everything is deterministic for a seed, and a Model is safe for concurrent use.
package intent
