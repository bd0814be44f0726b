// Package wire is the protocol that browsers speak: the frames, their codec, and the codes.
//
// Frames are JSON text, one object each, named by "t". Existing frames are fixed; new fields and
// frames are additive, and each has a golden sample in testdata/frames.json that the TypeScript
// client is tested with as well. Unknown fields are ignored; an unknown frame is answered with an
// error; a bad frame never ends a session. docs/PROTOCOL.md is the same protocol for people.
//
// The package has no I/O and no state: bytes to values, values to bytes.
package wire
