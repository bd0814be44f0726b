package past

import (
	"bytes"
	"io"
)

// Read reads a file of past conversations, CSV or JSON lines, whichever it is, and says what it was
// encoded in. Its error is Problems unless the file could not be read at all; then there are no
// conversations.
func Read(r io.Reader, o Options) (all []Conversation, encoding string, err error) {
	text, encoding, err := readText(r, o.Encoding)
	if err != nil {
		return nil, encoding, err
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		all, err = readJSONL(text, o)
	} else {
		all, err = readCSV(text, o)
	}
	if err != nil {
		return nil, encoding, err
	}
	return all, encoding, nil
}
