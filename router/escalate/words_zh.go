package escalate

var simplified = &voice{
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
	otherwise: "看来您需要帮助",
	then:      [...]string{Assist: "，我们会说得更简单一些。", Offer: "，要不要请客服人员来帮您？", Transfer: "，我们为您转接客服人员。"},
	counts:    []string{"", "一次", "两次", "三次", "好几次"},
	table: words{
		signals: map[string]string{
			"asked": "要找客服人员", "refused": "不想和机器人聊", "safety": "安全或盗用的事", "failed": "机器人没能回答",
			"repeated": "又问同样的问题", "bot_repeated": "机器人重复同样的回答", "needs_more_time": "需要更多时间",
			"bot_silent": "机器人没有回答",
		},
		levels: []string{"没有", "可能", "明确"}, needs: []string{"不需要", "一些", "更多"},
		times: "{n} 次", seconds: "{n} 秒",
		actions: [...]string{"不变", "给予帮助", "询问是否转人工", "转人工"},
		rule:    "规定：达到{limit}就{action}", sum: "合计 {points} 分，达到 {threshold} 分就{action}",
		below: "合计 {points} 分，没有达到任何一档", declined: "访客刚说过不用",
	},
}

var traditional = &voice{
	because: map[string]string{
		ReasonWords:       "您要找客服人員",
		ReasonRefusedBot:  "您不想和機器人聊",
		ReasonSafety:      "您說的事可能關係到安全",
		ReasonFailedTurns: "機器人有{times}沒能回答您",
		ReasonBotSilent:   "機器人遲遲沒有回答",
		ReasonRepeated:    "您問了{times}同樣的問題",
		ReasonBotRepeated: "機器人{times}給了同樣的回答",
		ReasonMoreTime:    "您可以慢慢來",
	},
	otherwise: "看來您需要幫助",
	then:      [...]string{Assist: "，我們會說得更簡單一些。", Offer: "，要不要請客服人員來幫您？", Transfer: "，我們為您轉接客服人員。"},
	counts:    []string{"", "一次", "兩次", "三次", "好幾次"},
	table: words{
		signals: map[string]string{
			"asked": "要找客服人員", "refused": "不想和機器人聊", "safety": "安全或盜用的事", "failed": "機器人沒能回答",
			"repeated": "又問同樣的問題", "bot_repeated": "機器人重複同樣的回答", "needs_more_time": "需要更多時間",
			"bot_silent": "機器人沒有回答",
		},
		levels: []string{"沒有", "可能", "明確"}, needs: []string{"不需要", "一些", "更多"},
		times: "{n} 次", seconds: "{n} 秒",
		actions: [...]string{"不變", "給予幫助", "詢問是否轉人工", "轉人工"},
		rule:    "規定：達到{limit}就{action}", sum: "合計 {points} 分，達到 {threshold} 分就{action}",
		below: "合計 {points} 分，沒有達到任何一檔", declined: "訪客剛說過不用",
	},
}
