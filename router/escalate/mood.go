package escalate

import "slices"

// The classes of the words that tell how somebody feels, or copes.
const (
	raging   class = ownClasses + iota // 气死了, ridiculous: patience is lost
	annoyed                            // 等半天, disappointed: it is wearing thin
	lodging                            // 我要投诉, appeal: a complaint, or an appeal
	grieving                           // 投诉, complaint: one is spoken of
	doubting                           // 没看懂, not sure
	strained                           // 看不清, 不会弄: cannot see, follow or operate
	denying                            // 不, not: denies what follows
	harmless                           // hides a word of these tables: 垃圾袋, worst case
)

// moodWords holds the tables of frustration, complaint, hesitation and pace, each of which has a file
// of its own, so that a message is cut once for all four.
var moodWords = newLexicon(slices.Concat(frustrationWords, complaintWords, hesitationWords, struggleWords, moodless))

// moodless is what must not be taken for a mood.
var moodless = []entry{
	{denying, "不|没|没有|没那么|并不|并没有|不是|别|not|no|never|isnt|wasnt|arent|dont|didnt|without"},
	{harmless, "垃圾袋|垃圾桶|垃圾箱|垃圾分类|垃圾短信|垃圾邮件|垃圾食品|垃圾处理|厨余垃圾|取消|不知道|崩溃报告|不生气|不失望|法院路|律师楼|不受影响|生气勃勃"},
	{harmless, "worst case|garbage bag|garbage bags|garbage can|trash bag|trash can|angry birds|sick leave|joke book|no problem|no worries|not bad|terrible twos"},
}

// mood is what a message says of how its writer feels and copes.
type mood struct {
	frustrated, complained Level
	hesitant, struggles    bool
}

// moodOf reads all four at once.
func moodOf(t Text) mood {
	var buf [64]token
	toks := moodWords.cut(t, buf[:0])
	var has uint64
	for i, k := range toks {
		if i > 0 && toks[i-1].class == denying && k.class != doubting && k.class != strained {
			continue
		}
		has |= 1 << k.class
	}
	return mood{
		frustrated: graded(has, raging, annoyed),
		complained: graded(has, lodging, grieving),
		hesitant:   has&(1<<doubting) != 0,
		struggles:  has&(1<<strained) != 0,
	}
}

// graded is Sure if the first class occurs, Maybe if the second does.
func graded(has uint64, sure, maybe class) Level {
	switch {
	case has&(1<<sure) != 0:
		return Sure
	case has&(1<<maybe) != 0:
		return Maybe
	}
	return None
}
