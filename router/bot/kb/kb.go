// Package kb holds the knowledge a bot answers from.
//
// A knowledge file is the one thing a shop has to write, so it is made for people: plain YAML, one
// entry a thing that visitors ask, and for each language some ways of asking and one answer. The
// package exists to read such a file strictly and to say everything that is wrong with it at once,
// with the line and what to do, because whoever wrote it is rarely a programmer.
//
//	version: 1
//	entries:
//	  - id: refund_when
//	    zh:
//	      questions: [退款多久到账, 钱怎么还没退给我]
//	      answer: 回到零钱通常当天就到。
//	    en:
//	      questions: [How long does a refund take?]
//	      answer: A wallet gets it the same day.
package kb

import (
	_ "embed"
	"strings"
)

// Version is the version of the file format that this package reads and writes.
const Version = 1

// Languages of an entry.
const (
	Chinese = "zh"
	English = "en"
)

// KB is a whole knowledge file.
type KB struct {
	Version int     `yaml:"version"`
	Entries []Entry `yaml:"entries"`
}

// Entry is one thing that visitors ask. It has at least one language.
type Entry struct {
	// ID names the entry for good: it is the intent in reports and in escalation.
	ID string `yaml:"id"`
	ZH *Text  `yaml:"zh,omitempty"`
	EN *Text  `yaml:"en,omitempty"`
}

// Text is an entry in one language.
type Text struct {
	Questions []string `yaml:"questions"`
	Answer    string   `yaml:"answer"`
}

// In returns the entry's text in a language, or nil.
func (e Entry) In(lang string) *Text {
	if lang == Chinese {
		return e.ZH
	}
	return e.EN
}

// Answer returns the answer in a language, or the other language's if the entry has only that.
func (e Entry) Answer(lang string) string {
	if t := e.In(lang); t != nil {
		return t.Answer
	}
	for _, t := range []*Text{e.EN, e.ZH} {
		if t != nil {
			return t.Answer
		}
	}
	return ""
}

// Language maps a BCP 47 tag to the language of an entry that its reader is given: every kind of
// Chinese reads zh, everyone else en.
func Language(tag string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	if strings.EqualFold(primary, Chinese) {
		return Chinese
	}
	return English
}

//go:embed demo.yaml
var demo []byte

// Demo returns the knowledge of the demo shop, which is what the bot knows until it is given a file.
func Demo() (*KB, error) { return Parse(demo) }

// Questions are those of all entries, in every language.
func (k *KB) Questions() []string {
	var all []string
	for _, e := range k.Entries {
		for _, lang := range []string{Chinese, English} {
			if t := e.In(lang); t != nil {
				all = append(all, t.Questions...)
			}
		}
	}
	return all
}
