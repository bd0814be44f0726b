package escalate

import (
	"strings"
	"unicode/utf8"
)

// sentence is a message cut by askWords.
type sentence struct {
	s    string
	toks []token
}

// read cuts a message. buf is only there to keep short messages off the heap.
func read(t Text, buf []token) sentence {
	x := sentence{t.s, askWords.cut(t, buf)}
	for i, k := range x.toks {
		switch {
		case k.class != unknown:
		case isNumber(x.word(i)):
			x.toks[i].class = glue // of agent 55, of a number in a menu
		default:
			x.toks[i].class = nearPerson(x.word(i))
		}
	}
	return x
}

// class answers the class at i, and pause beyond both ends.
func (x sentence) class(i int) class {
	if i < 0 || i >= len(x.toks) {
		return pause
	}
	return x.toks[i].class
}

// word is the token at i as it was written, empty beyond both ends.
func (x sentence) word(i int) string {
	if i < 0 || i >= len(x.toks) {
		return ""
	}
	return x.s[x.toks[i].from:x.toks[i].to]
}

// sight is how many tokens away a reading looks. Real requests are far shorter; the bound keeps the
// cost of a hostile message proportional to its length.
const sight = 32

// skipGlue is the first token from i on that says something.
func (x sentence) skipGlue(i int) int {
	for end := i + sight; i < end && x.class(i) == glue; i++ {
	}
	return i
}

// group is a run of nouns that name one somebody, tokens [from,to): "customer service agent".
type group struct {
	from, to int
	kind     class // the strongest class in it
	full     bool  // a name that means nothing else: 人工客服, human agent
}

// group reads the nouns that begin at i. A real someone is a person.
func (x sentence) group(i int) group {
	g := group{from: i, to: i, kind: line}
	for x.isNoun(g.to) || x.class(g.to) == space && x.isNoun(g.to+1) {
		if x.isNoun(g.to) {
			g.kind = min(g.kind, x.class(g.to))
		}
		g.to++
	}
	if g.kind == anyone && x.class(i-1) == genuine {
		g.kind = person
	}
	g.full = g.to-g.from > 1
	if n := x.misspeltService(g.to); g.kind == person && n > 0 {
		g.to, g.full = g.to+n, true
	}
	if w := x.word(i); w != "" && w[0] >= utf8.RuneSelf {
		g.full = g.full || len(w) >= len("人工客服")
	}
	return g
}

func (x sentence) isNoun(i int) bool {
	c := x.class(i)
	return c >= person && c <= line
}

// misspeltService recognises what input methods make of 客服 after 人工 (空服, 我服, 课服): any one
// character and 服. It answers how many tokens that is.
func (x sentence) misspeltService(i int) int {
	const two = 2 * len("服")
	w := x.word(i)
	if len(w) == two && strings.HasSuffix(w, "服") {
		return 1
	}
	if len(w) == len("服") && x.word(i+1) == "服" {
		return 2
	}
	return 0
}

// backing is what stands before a group.
type backing struct {
	class  class // of the first telling token to the left, pause if there is none
	at     int
	gap    int  // unknown characters between
	spaced bool // a space that may be a comma stands between
	past   bool // between them or just before, something says that it was
	ours   bool // the group is somebody else's
}

// maxGap is how much of what no table knows may stand between a verb and its noun: 转网商贷的客服.
const maxGap = 8

func (x sentence) before(g group) backing {
	b := backing{class: pause, at: g.from - 1}
	for ; b.at >= max(0, g.from-sight); b.at-- {
		switch c := x.toks[b.at].class; c {
		case glue, genuine, serve:
		case space:
			b.spaced = true
		case unknown:
			if b.gap += int(x.toks[b.at].size); b.gap > maxGap {
				return b
			}
		case past:
			b.past = true
		case ours:
			b.ours = b.ours || b.at == g.from-1 || x.class(g.from-1) == genuine
		default:
			b.class = c
			b.past = b.past || x.wasBefore(b.at)
			return b
		}
	}
	return b
}

// wasBefore reports whether the verb at i is told of the past: "just now I contacted".
func (x sentence) wasBefore(i int) bool {
	end := i - sight
	for i--; i > end && x.class(i) == glue; i-- {
	}
	return x.class(i) == past
}

// negated reports whether the verbs that end at i are denied. 不知道怎么转人工 is not: 知道 stands
// between. Nor is 不要了 转人工, where the space is a comma.
func (x sentence) negated(i int) bool {
	for end := i - sight; i >= max(0, end); i-- {
		switch x.toks[i].class {
		case glue, reach, summon, send, speak, say, want, with, have, genuine, serve:
		case space:
			if x.class(i-1) != negate {
				return false
			}
		case negate, stop:
			return true
		default:
			return false
		}
	}
	return false
}

// bound reports whether the word after a group belongs to it, so that the group only describes:
// 人工缝制, a human hair wig.
func (x sentence) bound(g group) bool {
	i := g.to
	if x.word(i) == "的" {
		i++
	}
	c := x.class(i)
	return c == unknown || c == thing
}

// onlyPresence reports whether the clause from i on says no more than that somebody is there, and
// whether it is a question.
func (x sentence) onlyPresence(i int) (end, asked bool) {
	for stop := i + sight; i < stop; i++ {
		switch w := x.word(i); x.class(i) {
		case glue:
			asked = asked || w == "吗" || w == "么" || w == "嘛" || w == "啊"
		case lack, space:
		case serve:
			if !isPresence(w) {
				return false, asked
			}
			asked = asked || strings.HasPrefix(w, "在")
		default:
			return x.class(i) == pause, asked || w == "?"
		}
	}
	return false, asked
}

// isPresence reports whether a serving word says no more than being there.
func isPresence(word string) bool {
	switch word {
	case "在", "在吗", "在不在", "在么", "上线", "上班", "available", "around", "working", "on duty":
		return true
	}
	return false
}

func isNumber(word string) bool {
	return strings.Trim(word, "0123456789") == ""
}

// isWhy reports whether a word makes a complaint of what it asks: 怎么没有人工.
func isWhy(word string) bool {
	return word == "怎么" || word == "为什么" || word == "为何"
}
