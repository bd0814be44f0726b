package escalate

import (
	"strings"
	"unicode"
)

// hesitationWords tell that an answer left somebody in doubt.
var hesitationWords = []entry{
	{doubting, "还是不明白|还是不懂|还是不太懂|还是不清楚|不太明白|不太懂|没明白|没太明白|没看懂|没懂|没听懂|看不太懂|什么意思|啥意思|这是什么意思|不确定|不太确定|拿不准|拿不定主意|确定吗|你确定|真的吗|真的假的|是真的吗|这样吗|是这样吗|是吗|靠谱吗|能行吗|那怎么办|那该怎么办|那我该怎么办|然后呢|接下来呢|怎么办呢|我再想想|再想想|我想想|让我想想|考虑一下|考虑考虑|犹豫"},
	{doubting, "不知道选哪个|不知道该选哪个|不知道怎么选|不知道点哪里|不知道点哪个|点哪里|点哪个|怕弄错|怕点错|怕选错|怕出错|怕搞错|不敢点|不敢弄|不敢付|有点担心|有点犹豫|有些疑问|还有疑问|呃|咦|疑惑|看无|雾煞煞|有看没有懂|不是很懂|不是很明白|不是很清楚|怪怪的|怎么跟刚才不一样|和刚才说的不一样"},
	{doubting, "not sure|im not sure|i am not sure|unsure|not certain|not convinced|hmm|hmmm|hm|umm|ummm|um|uh|uhh|er|erm|are you sure|you sure|is that right|is that correct|is that true|what do you mean|what does that mean|what does this mean|dont get it|do not get it|didnt get that|dont follow|dont quite understand|dont really understand|do not understand|didnt understand|still dont understand|still confused|lost me|confused|confusing|let me think|i guess|i suppose|what now|now what|so what do i do|so what should i do|what should i do then|then what|afraid to|scared to|worried i will|worried i might|dont know which|not sure which|which one do i|hesitant"},
}

// shortReply is how many bytes a message may have in which a doubting word is what it says, and not a
// word among others: 16 Chinese characters, 48 letters.
const shortReply = 48

// hesitates reports whether a message, said after an answer, tells of doubt: its words do, or it is
// nothing but "?" or "…".
func hesitates(m mood, t Text, raw string) bool {
	if t.s == "" {
		return onlyMarks(raw)
	}
	return m.hesitant && len(t.s) <= shortReply
}

// onlyMarks reports whether a message is made of marks and nothing else; an emoji is none.
func onlyMarks(raw string) bool {
	return strings.TrimSpace(raw) != "" && !strings.ContainsFunc(raw, func(r rune) bool {
		return !unicode.IsPunct(r) && !unicode.IsSpace(r)
	})
}

// hesitated counts the messages that tell of doubt right after an answer.
func hesitated(turns []turn) Feature {
	var f Feature
	for i := 1; i < len(turns); i++ {
		if !turns[i].hesitates || turns[i-1].state != answered {
			continue
		}
		f.Value++
		f.Age = len(turns) - 1 - i
		f.point(turns[i-1].answerSeq)
		f.point(turns[i].seq)
	}
	return f
}
