package wire_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"yijian/web/wire"
)

func TestEveryCodeHasASentenceInChineseAndInEnglish(t *testing.T) {
	t.Parallel()
	seen := map[string]wire.Code{}
	for _, code := range codes(t) {
		zh, en := wire.Sentence(code, "zh-CN"), wire.Sentence(code, "en")
		if !strings.ContainsFunc(zh, isHan) {
			t.Errorf("%s: the Chinese sentence is %q", code, zh)
		}
		if strings.ContainsFunc(en, isHan) {
			t.Errorf("%s: the English sentence is %q", code, en)
		}
		// An unknown code is told as internal, so a missing sentence shows as one that is not its own.
		for _, s := range []string{zh, en} {
			if other, taken := seen[s]; taken {
				t.Errorf("%s and %s say the same: %q", code, other, s)
			}
			seen[s] = code
		}
	}
}

// W24: words of people, not of the trade.
func TestSentencesW24SpeakPlainly(t *testing.T) {
	t.Parallel()
	for _, code := range codes(t) {
		for _, s := range []string{wire.Sentence(code, "zh"), wire.Sentence(code, "en")} {
			for _, word := range []string{"会话", "坐席", "工单", "token", "session", "frame", "socket"} {
				if strings.Contains(s, word) {
					t.Errorf("%s uses %q: %q", code, word, s)
				}
			}
			if n := strings.Count(s, "。") + strings.Count(s, ". ") + 1; n > 4 {
				t.Errorf("%s has %d sentences: %q", code, n, s)
			}
		}
	}
}

func TestTheLanguageOfASentence(t *testing.T) {
	t.Parallel()
	for lang, chinese := range map[string]bool{
		"zh": true, "zh-CN": true, "ZH-Hant-TW": true, "en": false, "en-GB": false, "fr": false, "": false,
	} {
		if got := strings.ContainsFunc(wire.Sentence(wire.SlowDown, lang), isHan); got != chinese {
			t.Errorf("%q: Chinese is %t, want %t", lang, got, chinese)
		}
	}
	if got, want := wire.Sentence("nobody_knows", "en"), wire.Sentence(wire.Internal, "en"); got != want {
		t.Errorf("an unknown code says %q, want %q", got, want)
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// codes reads the constants of type Code out of codes.go, so that a new one cannot be forgotten.
func codes(t *testing.T) []wire.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []wire.Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Code" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, wire.Code(value))
		return true
	})
	if len(found) < 20 {
		t.Fatalf("found only %d codes in codes.go", len(found))
	}
	return found
}
