package escalate

import "yijian/session"

// slow reports whether a message was written with trouble: slowly, with long pauses, with many
// corrections, or with some of each. It never falls when a bucket rises, and is used for nothing but
// to help sooner (DESIGN §7).
func slow(p *session.Pace) bool {
	return p != nil && (p.T >= 3 || p.Pause >= 4 || p.Edits >= 4 || p.T+p.Pause+p.Edits >= 6)
}

// struggleWords tell that it is hard to see, to follow, to type or to operate.
var struggleWords = []entry{
	{strained, "看不清|看不清楚|看不见字|看不到字|看不到按钮|找不到按钮|字太小|字小|字好小|字体太小|字体小|字太多|老花|老花眼|眼睛不好|眼睛不太好|眼神不好|视力不好|眼花|耳朵不好|耳背|听不清|手抖|手不方便|手不灵活"},
	{strained, "不会弄|不会用|不太会用|不会操作|不太会操作|不会打字|不太会打字|不会拼音|不会点|不会搞|不会填|打字慢|打字很慢|打字比较慢|我打字|慢慢打|弄不明白|弄不来|弄不好|搞不明白|搞不来|看不懂|不懂手机|不懂电脑|不会智能手机|第一次用手机|年纪大|年纪大了|上了年纪|岁数大|老人家|我老了"},
	{strained, "太快了|说慢点|慢一点|慢点|慢点说|慢慢来|慢慢说|等我一下|等一下我|等等我|稍等我|让我看看|我慢慢看|讲慢一点|一步一步|一步步教我|教教我怎么弄|太复杂|太复杂了|看得头晕|头晕"},
	{strained, "cant see the text|cant see the small|cant see well|cant see clearly|cant see the button|cant find the button|cant read|hard to read|difficult to read|text is too small|text too small|letters are too small|letters too small|font is too small|font too small|writing is too small|too small to read|small print|bigger letters|bigger text|larger text|bad eyes|my eyes|my eyesight|poor eyesight|poor vision|visually impaired|hard of hearing|shaky hands|arthritis"},
	{strained, "too fast|slow down|slower please|go slower|more slowly|step by step|one step at a time|give me a minute|give me a moment|bear with me|i type slowly|type slowly|typing slowly|slow typer|slow typist|slow at typing|not good with computers|not good with technology|not good with phones|no good with computers|not tech savvy|not very technical|dont know how to use|do not know how to use|dont know how to do|cant work this|cant figure this out|cant figure it out|dont understand this|confused by this|hard for me|difficult for me|too complicated|im old|i am old|elderly|im 70|im 75|im 80|senior citizen|pensioner"},
}

// moreTime is 0–2: how much more time the visitor needs. It names no events, so that no record can
// be searched for people who need more time.
func moreTime(turns []turn) Feature {
	var f Feature
	for i := range turns {
		if turns[i].struggles {
			return Feature{Value: 2}
		}
		if turns[i].slow && f.Value < 2 {
			f.Value++
		}
	}
	return f
}
