package past

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// The encodings that a file may be in. Auto tells UTF-8, UTF-16 with its mark, and GBK from each other;
// the others are named by whoever knows.
const (
	Auto    = "auto"
	UTF8    = "utf-8"
	GBK     = "gbk"
	UTF16   = "utf-16"
	Windows = "windows-1252"
)

// mostBytes is what is read of one file: more than a million long messages.
const mostBytes = 1 << 30

// readText reads a whole file as UTF-8 and says what it was encoded in.
func readText(r io.Reader, as string) (text []byte, was string, err error) {
	raw, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return nil, "", fmt.Errorf("reading the file: %w", err)
	}
	if len(raw) > mostBytes {
		return nil, "", Problems{{0, "the file is larger than 1 GiB; split it, importing the parts one by one is the same"}}
	}
	if as == "" || as == Auto {
		as = detect(raw)
	}
	text, err = decode(raw, as)
	return bytes.TrimPrefix(text, []byte("\ufeff")), as, err
}

func detect(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}), bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return UTF16
	case utf8.Valid(raw):
		return UTF8
	}
	return GBK
}

func decode(raw []byte, as string) ([]byte, error) {
	if kind := binary(raw); kind != "" && as != UTF16 {
		return nil, Problems{{0, "this is " + kind + ", no text; save it as CSV in UTF-8 first"}}
	}
	var from encoding.Encoding
	switch as {
	case UTF8:
		if i := badUTF8(raw); i >= 0 {
			return nil, Problems{{lineOf(raw, i), "this is not UTF-8; save the file as UTF-8, or give --encoding"}}
		}
		return raw, nil
	case GBK:
		from = simplifiedchinese.GB18030
	case UTF16:
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case Windows:
		from = charmap.Windows1252
	default:
		return nil, Problems{{0, fmt.Sprintf("there is no encoding %q; write auto, utf-8, gbk, utf-16 or windows-1252", as)}}
	}
	text, err := from.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, Problems{{0, "this is not " + as + "; save the file as UTF-8, or give another --encoding"}}
	}
	if i := bytes.IndexRune(text, utf8.RuneError); i >= 0 {
		return nil, Problems{{lineOf(text, i), "this is neither UTF-8 nor " + as + "; save the file as UTF-8, or give its --encoding"}}
	}
	return text, nil
}

// binary names what a file is that people take for a text.
func binary(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return "an Excel or ZIP file"
	case bytes.HasPrefix(raw, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return "an old Excel file"
	case bytes.HasPrefix(raw, []byte{0x1f, 0x8b}):
		return "a gzip file"
	case bytes.IndexByte(raw, 0) >= 0:
		return "binary, or UTF-16 without its mark"
	}
	return ""
}

func badUTF8(raw []byte) int {
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

func lineOf(text []byte, at int) int { return 1 + bytes.Count(text[:at], []byte("\n")) }
