package wire

import "strings"

// sentence is one code in the languages the service speaks. The first half says what happened, the
// second what to do next, in the words of a visitor (W24) unless only agents can meet the code.
type sentence struct{ zh, en string }

var sentences = map[Code]sentence{
	BadFrame: {
		"这条信息的格式不对，没有收到。请刷新页面后再试。",
		"This could not be read and was not sent. Please reload the page and try again.",
	},
	UnknownFrame: {
		"这个页面的版本不对，这一步没有完成。请刷新页面后再试。",
		"This page is of another version and that step was not done. Please reload the page and try again.",
	},
	HelloFirst: {
		"聊天还没有接通。请刷新页面，重新打开聊天。",
		"The chat is not connected yet. Please reload the page and open the chat again.",
	},
	HelloTwice: {
		"聊天已经接通，不用再次连接。请直接输入文字。",
		"The chat is connected already. Just go on writing.",
	},
	TooLarge: {
		"这条信息太长，没有发出。请分成几条发送。",
		"This message is too long and was not sent. Please send it in several parts.",
	},
	BadText: {
		"这条信息里没有可以看到的文字，没有发出。请写几个字再发送。",
		"There is nothing to read in this message, so it was not sent. Please write a few words and send it again.",
	},
	BadID: {
		"这条信息没有发出。请刷新页面，再发送一次。",
		"This message was not sent. Please reload the page and send it again.",
	},
	IDReused: {
		"这条信息和之前的一条冲突，没有发出。请再发送一次。",
		"This message clashed with an earlier one and was not sent. Please send it again.",
	},
	SlowDown: {
		"发送得有点快，这条没有发出。请稍等几秒再发送；随时可以按“转人工”。",
		"That was a little fast, and this message was not sent. Please wait a few seconds and send it again; " +
			"you can still ask for a person at any time.",
	},
	UnknownSite: {
		"这里没有开通客服聊天。请通过网站上的电话联系客服。",
		"There is no chat for this site. Please use the phone number on the site.",
	},
	BadToken: {
		"之前的聊天打不开了。请刷新页面，开始新的聊天。",
		"The earlier chat cannot be opened here. Please reload the page to start a new one.",
	},
	NotRatable: {
		"现在还不能评价。请在客服人员回答之后再评价。",
		"This cannot be rated yet. Please rate it after a person has answered.",
	},
	NotYours: {
		"这个聊天现在不由您回答，没有发出。请先接入，或联系正在回答的同事。",
		"You are not the one who answers this chat, so this was not sent. Accept it first, or ask the colleague who answers it.",
	},
	OfferIsGone: {
		"这位访客已不在等您接入。请查看列表，接入下一位。",
		"This visitor is no longer offered to you. Look at the list and take the next one.",
	},
	Forbidden: {
		"您的账号不能进行这项操作。需要时请联系管理员开通。",
		"Your account may not do this. If you need to, ask an administrator to allow it.",
	},
	NoSession: {
		"这个聊天找不到了，可能已经删除。请刷新页面，开始新的聊天。",
		"This chat cannot be found; it may have been deleted. Please reload the page to start a new one.",
	},
	Erased: {
		"之前的聊天已经删除。您可以在这里开始新的聊天。",
		"The chat from before was deleted. You can start a new one here.",
	},
	BadValue: {
		"填写的内容不在允许的范围内。请改好后再试。",
		"One of the values is outside its range. Please correct it and try again.",
	},
	NotNow: {
		"现在还不能进行这一步。请看聊天里的最新信息，再试一次。",
		"This is not possible at the moment. Please look at the latest messages and try again.",
	},
	BadPhone: {
		"这个号码打不通，没有登记。请核对电话号码，再按一次；您的排队位置没有变。",
		"That cannot be a telephone number, so nothing was noted. Please check it and try again; your place in line is kept.",
	},
	BadTime: {
		"这个时间不能预约。请选 14 天以内的时间；您的排队位置没有变。",
		"A call cannot be arranged for that time. Please choose one within 14 days; your place in line is kept.",
	},
	NotThere: {
		"这位同事现在不在，没有转出。请换一位，或转到队列。",
		"That colleague is not there now, so nothing was handed on. Choose somebody else, or a queue.",
	},
	Yourself: {
		"不能转给自己。请选另一位同事，或转到队列。",
		"That is you. Choose a colleague, or a queue.",
	},
	UnknownQueue: {
		"没有这个队列，没有转出。请从列表里选一个。",
		"There is no such queue, so nothing was handed on. Choose one of the list.",
	},
	NoRoom: {
		"您手上的聊天已满，或者您现在不在线。请先结束一个聊天，再试一次。",
		"You have as many chats as you take at once, or you are not on duty. End one first, then try again.",
	},
	Unavailable: {
		"服务暂时连不上，您写的内容没有丢。请稍等，会自动重新连接；着急时请打电话。",
		"The service cannot be reached for a moment; what you wrote is kept. It will reconnect by itself, " +
			"or call us if it is urgent.",
	},
	Internal: {
		"我们这边出了问题，这一步没有完成。请再试一次；着急时请打电话。",
		"Something went wrong on our side and that step was not done. Please try again, or call us if it is urgent.",
	},
	TooMany: {
		"现在从这个网络打开的聊天太多，暂时接不上。会自动再试；着急时请打电话。",
		"Too many chats are being opened from this network, so this one has to wait a moment. " +
			"It will try again by itself, or call us if it is urgent.",
	},
	Restart: {
		"服务正在更新，很快会自动重新连接。您不用做什么，聊天和排队位置都会保留。",
		"The service is being updated and will reconnect by itself. There is nothing to do: " +
			"the chat and your place in line are kept.",
	},
	TooSlow: {
		"网络有点慢，正在重新连接。您不用做什么，聊天会保留。",
		"The network is slow and the chat is reconnecting. There is nothing to do: the chat is kept.",
	},
	Quiet: {
		"连接断开了一会儿，正在重新连接。您不用做什么，聊天会保留。",
		"The connection went quiet and the chat is reconnecting. There is nothing to do: the chat is kept.",
	},
	Late: {
		"聊天没有接通。请刷新页面，重新打开聊天。",
		"The chat did not connect. Please reload the page and open the chat again.",
	},
	SignedIn: {
		"您的登录已失效。请重新登录；未发出的文字会保留。",
		"You have been signed out. Please sign in again; text you have not sent is kept.",
	},
	Replaced: {
		"聊天已在另一个页面打开。请在那个页面继续，或刷新这里。",
		"The chat was opened on another page. Go on there, or reload this page.",
	},
}

// Sentence returns what a person is told about a code: what happened and the next step. Chinese for
// every kind of "zh", English for every other language; an unknown code is told as Internal.
func Sentence(code Code, lang string) string {
	s, ok := sentences[code]
	if !ok {
		s = sentences[Internal]
	}
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		return s.zh
	}
	return s.en
}
