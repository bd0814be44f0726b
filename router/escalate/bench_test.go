package escalate_test

import (
	"strconv"
	"strings"
	"testing"

	"yijian/router/escalate"
	"yijian/session"
)

// twenty is a calm conversation of twenty turns.
func twenty() escalate.Session {
	l := new(log)
	for i := range 20 {
		l.visitor(shop[i]).bot(shop[i+1]+"，"+shop[i+3]+"，"+shop[(i+9)%len(shop)], strconv.Itoa(i))
	}
	var s escalate.Session
	s.Weigh(escalate.NewRarity(shop))
	for _, e := range l.events {
		s.Add(e)
	}
	return s
}

func BenchmarkJudgeTwentyTurns(b *testing.B) {
	s, p := twenty(), escalate.Default()
	b.ReportAllocs()
	for b.Loop() {
		if d := escalate.Judge(s.Input(), p); d.Action != escalate.Nothing {
			b.Fatal(d)
		}
	}
}

// BenchmarkAdd is what a message costs when it is folded: normalising, cutting, comparing.
func BenchmarkAdd(b *testing.B) {
	s := twenty()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Add(session.Event{
			Seq: uint64(i + 100), ID: "v:x", Kind: session.KindMessage, From: session.FromVisitor,
			Body: session.Body{Text: shop[i%len(shop)]},
		})
	}
}

func BenchmarkAsk(b *testing.B) {
	for name, text := range map[string]string{
		"zh": "你好，我上周买的鞋子还没有收到，麻烦帮我转一下人工客服谢谢",
		"en": "Hello, my shoes have not arrived since last week, could I talk to somebody about it please?",
	} {
		t := escalate.Normalise(text)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				escalate.AskScore(t)
			}
		})
		b.Run(name+"/model", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				escalate.AskChance(t)
			}
		})
		b.Run(name+"/normalise", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				escalate.Normalise(text)
			}
		})
	}
}

// BenchmarkHostile shows that the cost of a message is proportional to its length, whatever is in it.
func BenchmarkHostile(b *testing.B) {
	for _, unit := range []string{"人", "转 ", "人,", "人的", "的", "不要", "human a ", "not to ", "bot the ", "被盗 ", "我要 x ", "aaaaaaaaaa"} {
		for _, kib := range []int{4, 16} {
			text := strings.Repeat(unit, kib<<10/len(unit))
			b.Run(unit+"/"+strconv.Itoa(kib)+"KiB", func(b *testing.B) {
				for b.Loop() {
					new(escalate.Session).Add(new(log).visitor(text).events[0])
				}
			})
		}
	}
}
