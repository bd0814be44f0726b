package escalate

import "strings"

// Explain tells the visitor in one plain sentence what happens and why, from the record alone. A
// language it does not speak gets English; a decision to do nothing needs no words.
func (d Decision) Explain(lang string) string {
	if d.Action <= Nothing {
		return ""
	}
	v := english
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		v = chinese
	}
	because := strings.ReplaceAll(v.because[d.Reason], "{times}", v.times(d.count()))
	return because + v.then[d.Action]
}

// count is how often the deciding thing happened. Asking again once is asking twice.
func (d Decision) count() int {
	for _, r := range d.Signals {
		if reasons[r.Signal] == d.Reason {
			if r.Signal == Repeated || r.Signal == BotRepeated {
				return r.Value + 1
			}
			return r.Value
		}
	}
	return 0
}

// voice is how one language explains.
type voice struct {
	because map[string]string // by reason
	then    [Transfer + 1]string
	counts  []string // for 0, 1, 2, …; the last stands for all above
}

func (v *voice) times(n int) string { return v.counts[min(max(n, 0), len(v.counts)-1)] }

var chinese = &voice{
	because: map[string]string{
		ReasonWords:       "您要找客服人员",
		ReasonRefusedBot:  "您不想和机器人聊",
		ReasonSafety:      "您说的事可能关系到安全",
		ReasonFailedTurns: "机器人有{times}没能回答您",
		ReasonBotSilent:   "机器人迟迟没有回答",
		ReasonRepeated:    "您问了{times}同样的问题",
		ReasonBotRepeated: "机器人{times}给了同样的回答",
		ReasonMoreTime:    "您可以慢慢来",
	},
	then:   [...]string{Assist: "，我们会说得更简单一些。", Offer: "，要不要请客服人员来帮您？", Transfer: "，我们为您转接客服人员。"},
	counts: []string{"", "一次", "两次", "三次", "好几次"},
}

var english = &voice{
	because: map[string]string{
		ReasonWords:       "You asked for a person",
		ReasonRefusedBot:  "You would rather not talk to a bot",
		ReasonSafety:      "What you describe may be about your safety",
		ReasonFailedTurns: "The bot could not answer you {times}",
		ReasonBotSilent:   "The bot is taking too long",
		ReasonRepeated:    "You asked the same question {times}",
		ReasonBotRepeated: "The bot gave you the same answer {times}",
		ReasonMoreTime:    "There is no hurry",
	},
	then: [...]string{
		Assist: ", so we will make this easier to follow.", Offer: ": would you like a person to help?",
		Transfer: ", so we are connecting you to a person.",
	},
	counts: []string{"", "once", "twice", "three times", "several times"},
}
