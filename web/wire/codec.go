package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBlankLines is the longest run of blank lines that a text keeps, so that a message of nothing
// but newlines cannot push a conversation off the screen.
const maxBlankLines = 200

// maxID is the longest id a client may give, in bytes.
const maxID = 64

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Problem is what is wrong with a frame or one of its fields. Its Detail is for developers; people
// read Sentence(Code, lang).
type Problem struct {
	Code   Code
	Detail string
}

// Error says the code and the detail.
func (p *Problem) Error() string { return string(p.Code) + ": " + p.Detail }

// Decode reads one frame of a client. Unknown fields are ignored. The error is always a *Problem;
// after a field of the wrong type the other fields are still read, so that the answer can name the
// frame by its id.
func Decode(data []byte) (In, error) {
	var in In
	if len(data) > MaxFrame {
		return in, &Problem{TooLarge, fmt.Sprintf("%d bytes; a frame has at most %d", len(data), MaxFrame)}
	}
	// encoding/json would quietly replace broken UTF-8, and take null for an empty object.
	if !utf8.Valid(data) {
		return in, &Problem{BadFrame, "not UTF-8"}
	}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return in, &Problem{BadFrame, "not a JSON object"}
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return in, badJSON(err)
	}
	if in.T == "" {
		return in, &Problem{BadFrame, `no frame type; send {"t":"ping"}, for example`}
	}
	return in, nil
}

func badJSON(err error) *Problem {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return &Problem{BadFrame, fmt.Sprintf("%q must be %s, not %s", wrong.Field, kind(wrong.Type), wrong.Value)}
	}
	return &Problem{BadFrame, err.Error()}
}

// kind names a Go type the way somebody who writes JSON thinks of it.
func kind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Uint64:
		return "a whole number from 0"
	case reflect.Int:
		return "a whole number"
	default:
		return "an object"
	}
}

// Encode writes one frame of the server. A value that cannot be written is a mistake in the data
// behind it, so the client is told `internal` and the socket lives on.
func Encode(frame any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // a frame is never part of a page, and < costs six bytes escaped
	if err := enc.Encode(frame); err != nil {
		return Encode(Error{T: "error", Code: Internal, Message: Sentence(Internal, "")})
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// CheckText returns the text as it is stored: newlines are \n, other control characters but the tab
// are gone, and a long run of blank lines is cut. The error is a *Problem: TooLarge for more than
// MaxText bytes, BadText when nothing is left to read.
func CheckText(text string) (string, error) {
	if len(text) > MaxText {
		return "", &Problem{TooLarge, fmt.Sprintf("%d bytes of text; at most %d", len(text), MaxText)}
	}
	if !utf8.ValidString(text) {
		return "", &Problem{BadText, "not UTF-8"}
	}
	text = cutBlankLines(strings.Map(dropControl, newlines.Replace(text)))
	if !strings.ContainsFunc(text, visible) {
		return "", &Problem{BadText, "nothing to read in it"}
	}
	return text, nil
}

func dropControl(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// visible is generous: it knows what is certainly blank, because a rune newer than Go's tables is
// more likely somebody's emoji than a trick.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf)
}

func cutBlankLines(text string) string {
	if strings.Count(text, "\n") <= maxBlankLines {
		return text
	}
	var kept []string
	blank := 0
	for line := range strings.SplitSeq(text, "\n") {
		blank++
		if strings.TrimSpace(line) != "" {
			blank = 0
		}
		if blank <= maxBlankLines {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// CheckID accepts the ids that clients may give to what they send: 1–64 of [A-Za-z0-9_-]. The error
// is a *Problem.
func CheckID(id string) error {
	if id == "" || len(id) > maxID || strings.ContainsFunc(id, notInID) {
		return &Problem{BadID, "an id is 1–64 of [A-Za-z0-9_-]"}
	}
	return nil
}

func notInID(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
}

// IsPing reports whether a frame is a ping as our clients send it, without decoding it.
func IsPing(frame []byte) bool { return string(frame) == `{"t":"ping"}` }
