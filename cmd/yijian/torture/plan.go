package torture

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// manner is what a visitor came for.
type manner int

const (
	asksBot  manner = iota // and nobody else
	presses                // the button, for a person
	pleads                 // asks for a person in words
	idles                  // says something and then nothing, with the page open
	switches               // presses, and goes back to the bot while waiting
)

// plan is all that one visitor wants. It depends on the seed and the visitor's number only.
type plan struct {
	number    int
	manner    manner
	lang      string
	questions []string
	// talk is how many messages are for the agent.
	talk int
	// think is how long the visitor takes between two things.
	think time.Duration
	// idle is how long one who idles stays.
	idle time.Duration
	// ends says that the visitor ends the conversation; else it is left as it is. reopens says that
	// more is said after the end, farewell that the agent is to end it.
	ends, reopens, farewell bool
	// twoTabs opens the page twice, reloads leaves and comes back between two messages.
	twoTabs, reloads bool
	// first asks for a person before anything was said, calls would rather be called while waiting.
	first, calls bool
}

var questions = map[string][]string{
	"zh-CN": {
		"我的包裹到哪里了？", "怎么退货？", "退款什么时候到账？", "可以开发票吗？", "运费是多少？", "怎么修改收货地址？",
		"会员积分怎么用？", "这件衣服有没有大一号？", "你们几点下班？", "月亮上能送货吗？",
	},
	"en": {
		"Where is my parcel?", "How do I return this?", "When will I be refunded?", "Can I have an invoice?",
		"How much is shipping?", "How do I change my address?", "What are your hours?", "Do you deliver to the moon?",
	},
}

var pleas = map[string][]string{
	"zh-CN": {"转人工", "我要人工客服", "不要机器人，我要人工", "找真人"},
	"en":    {"I want to talk to a person", "human please", "connect me to an agent"},
}

// farewell is the last thing that is said to an agent who is to end the conversation.
const farewell = "好了，没有别的问题了。/ That is all."

// newPlan makes the plan of one visitor.
func newPlan(seed uint64, number int) plan {
	dice := rand.New(rand.NewPCG(seed, uint64(number)))
	p := plan{
		number: number, lang: "zh-CN", talk: 1 + dice.IntN(2),
		think: time.Duration(50+dice.IntN(400)) * time.Millisecond, idle: time.Duration(2+dice.IntN(6)) * time.Second,
		ends: chance(dice, 0.7), reopens: chance(dice, 0.08), farewell: chance(dice, 0.5),
		twoTabs: chance(dice, 0.1), reloads: chance(dice, 0.1), first: chance(dice, 0.02),
	}
	if chance(dice, 0.3) {
		p.lang = "en"
	}
	switch x := dice.Float64(); {
	case x < 0.42:
		p.manner = asksBot
	case x < 0.74:
		p.manner = presses
	case x < 0.86:
		p.manner = pleads
	case x < 0.95:
		p.manner = idles
	default:
		p.manner = switches
	}
	for range 1 + dice.IntN(2) {
		p.questions = append(p.questions, pick(dice, questions[p.lang]))
	}
	p.calls = chance(dice, 0.1)
	return p
}

func (p plan) plea() string { return pleas[p.lang][p.number%len(pleas[p.lang])] }

// id names the n-th thing that the visitor sends, so that a log can be read.
func (p plan) id(what string, n int) string { return fmt.Sprintf("v%d-%s%d", p.number, what, n) }

func chance(dice *rand.Rand, share float64) bool { return dice.Float64() < share }

func pick[T any](dice *rand.Rand, from []T) T { return from[dice.IntN(len(from))] }
