package kb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// bom may begin a file that was saved by an office program.
var bom = []byte("\xef\xbb\xbf")

// Load reads a knowledge file.
func Load(path string) (*KB, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	k, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("knowledge file %s: %w", path, err)
	}
	return k, nil
}

func unreadable(path string, err error) *Problem {
	return &Problem{
		Code: CodeUnreadable, Cause: err,
		What: fmt.Sprintf("the knowledge file %s cannot be read: %v", path, cause(err)),
		Next: "check the path and that Yijian may read the file",
	}
}

// cause leaves out the path, which the sentence around it has already.
func cause(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}

// Parse decodes and validates a knowledge file. A key that the format does not have is an error,
// and so are anchors and second documents, which hide things from the reader.
func Parse(data []byte) (*KB, error) {
	data = bytes.TrimPrefix(data, bom)
	if p := unfit(data); p != nil {
		return nil, p
	}
	tokens := lexer.Tokenize(string(data))
	if p := unplain(tokens); p != nil {
		return nil, p
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, syntax(err)
	}
	k := &KB{}
	err = yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(k)
	if errors.Is(err, io.EOF) { // nothing but comments
		return nil, empty()
	}
	if err != nil {
		return nil, syntax(err)
	}
	if err := k.validate(entryLines(file)); err != nil {
		return nil, err
	}
	return k, nil
}

// unfit finds what makes data not worth decoding.
func unfit(data []byte) *Problem {
	switch {
	case len(data) > MaxBytes:
		return &Problem{
			Code: CodeTooLarge, What: fmt.Sprintf("the knowledge file is larger than %d MiB", MaxBytes>>20),
			Next: "check that it is the right file, or split it by site",
		}
	case !utf8.Valid(data):
		return &Problem{
			Code: CodeSyntax, Line: badLine(data), What: "the knowledge file is not UTF-8 text",
			Next: "save it as UTF-8 (in an office program: \"Save as\", encoding UTF-8)",
		}
	case len(bytes.TrimSpace(data)) == 0:
		return empty()
	}
	return nil
}

func empty() *Problem {
	return &Problem{
		Code: CodeEmpty, What: "the knowledge file is empty",
		Next: "start from \"version: 1\" and \"entries:\", or leave --kb out to use the demo shop",
	}
}

// maxNesting is more than the format can use. The parser descends once a level, so depth has to be
// bounded before it runs.
const maxNesting = 16

// unplain finds YAML that the format has no use for and that could make the parser descend or
// expand without bound.
func unplain(tokens token.Tokens) *Problem {
	depth, onLine, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, onLine = t.Position.Line, 0
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType:
			onLine++
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType,
			token.MappingKeyType, token.DocumentHeaderType, token.DirectiveType:
			return &Problem{
				Code: CodeSyntax, Line: line, What: fmt.Sprintf("%q has no place in a knowledge file", clip(t.Value)),
				Next: "write the text out, in quotes if it begins with a special character",
			}
		}
		if depth > maxNesting || onLine > maxNesting {
			return &Problem{
				Code: CodeSyntax, Line: line, What: "the lists are nested too deep",
				Next: "compare the line with the example in the documentation",
			}
		}
	}
	return nil
}

// syntax turns an error of the YAML library into a Problem with its line.
func syntax(err error) *Problem {
	p := &Problem{
		Code: CodeSyntax, Cause: err, What: "the file is not understood",
		Next: "check the spelling of the keys and the spaces before them",
	}
	if y, ok := errors.AsType[yaml.Error](err); ok {
		p.What += ": " + strings.ReplaceAll(y.GetMessage(), "\n", " ")
		if t := y.GetToken(); t != nil && t.Position != nil {
			p.Line = t.Position.Line
		}
	}
	return p
}

// entryLines returns the line of each entry, best effort: without it messages only lose a number.
func entryLines(file *ast.File) []int {
	path, err := yaml.PathString("$.entries")
	if err != nil {
		return nil
	}
	node, err := path.FilterFile(file)
	if err != nil {
		return nil
	}
	seq, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil
	}
	lines := make([]int, len(seq.Values))
	for i, v := range seq.Values {
		if m, ok := v.(*ast.MappingNode); ok && len(m.Values) > 0 {
			v = m.Values[0].Key
		}
		lines[i] = v.GetToken().Position.Line
	}
	return lines
}

// badLine returns the line of the first byte that is not UTF-8.
func badLine(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			return line
		}
		if r == '\n' {
			line++
		}
		data = data[size:]
	}
	return 0
}
