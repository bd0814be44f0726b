package escalate

// recent is how many messages back a repetition is looked for.
const recent = 3

// repeated counts the visitor's messages that say again what one of the last three said: the bot
// understood the same intent, they are equal once normalised, or their characters are alike.
func repeated(turns []turn) Feature {
	var f Feature
	for i := range turns {
		j := earlier(turns, i)
		if j < 0 {
			continue
		}
		f.Value++
		f.Age = len(turns) - 1 - i
		f.point(turns[j].seq)
		f.point(turns[i].seq)
	}
	return f
}

// earlier is the newest turn that turn i repeats, or -1.
func earlier(turns []turn, i int) int {
	for j := i - 1; j >= 0 && j >= i-recent; j-- {
		if turns[i].repeats(&turns[j], i-j) {
			return j
		}
	}
	return -1
}

// repeats reports whether t asks what u asked, so many messages before. Thanks and greetings repeat
// nothing. What the bot understood comes before how alike the characters are: where it told two
// messages apart, they are apart.
func (t *turn) repeats(u *turn, back int) bool {
	switch {
	case t.text == 0 || u.text == 0:
		return false
	case t.text == u.text:
		return true
	case t.intent != "" && u.intent != "":
		return t.intent == u.intent
	}
	return t.alike&(1<<back) != 0
}

// askKey identifies what a message asks; 0 for what people say again and again without asking
// anything: thanks, greetings, a number from a menu.
func askKey(t Text) uint64 {
	if isNumber(t.s) || smallTalk[t.s] {
		return 0
	}
	return t.key()
}

// smallTalk is normalised messages that ask for nothing.
var smallTalk = set(
	"好", "好的", "好吧", "嗯", "嗯嗯", "哦", "噢", "是", "是的", "对", "对的", "不", "不是", "没有", "有", "可以", "行", "收到", "知道了",
	"谢谢", "谢谢你", "多谢", "你好", "您好", "在吗", "在", "喂", "嗨", "继续", "下一步", "再见", "拜拜", "明白", "明白了", "不用了", "没事了",
	"ok", "okay", "yes", "no", "yeah", "yep", "nope", "sure", "thanks", "thank you", "thx", "hi", "hello", "hey", "bye", "goodbye",
	"next", "got it", "i see", "right", "fine", "great", "k", "y", "n", "please", "no thanks")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
