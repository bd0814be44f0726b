package escalate

// hans maps the traditional characters that occur in this package's word tables to the simplified
// ones the tables are written in. It is not a converter: a character that no table uses is left
// alone, and a message is never shown in its folded form.
var hans = pairs(
	"萬万 與与 專专 業业 東东 丟丢 兩两 個个 為为 爲为 舉举 麼么 麽么 買买 們们 會会 傳传 傷伤 餘余 儲储 兒儿 兌兑 關关 決决 凍冻 減减 " +
		"剛刚 別别 辦办 務务 動动 區区 協协 單单 賣卖 歷历 發发 隻只 臺台 號号 後后 嗎吗 聽听 員员 週周 諮咨 喚唤 場场 殼壳 處处 備备 覆复 " +
		"復复 複复 夠够 頭头 寶宝 實实 審审 對对 導导 盡尽 儘尽 島岛 幣币 師师 幫帮 應应 開开 異异 當当 錄录 態态 總总 驚惊 願愿 懶懒 戶户 " +
		"託托 掃扫 搶抢 護护 報报 擔担 掛挂 換换 數数 無无 時时 術术 機机 殺杀 來来 闆板 櫃柜 樣样 歡欢 氣气 溝沟 沒没 洩泄 滾滚 點点 煙烟 " +
		"煩烦 燒烧 燙烫 熱热 現现 電电 監监 盜盗 碼码 磚砖 積积 簽签 籤签 繫系 係系 緊紧 紅红 級级 紀纪 線线 組组 經经 綁绑 結结 給给 絡络 " +
		"絕绝 繼继 續续 編编 聯联 腦脑 臉脸 虛虚 錶表 裝装 見见 觸触 訂订 認认 讓让 記记 講讲 設设 證证 識识 詐诈 訴诉 話话 詢询 語语 說说 " +
		"請请 誰谁 談谈 謝谢 負负 責责 帳账 賬账 貨货 購购 費费 資资 賺赚 趕赶 轉转 輕轻 邊边 過过 運运 還还 這这 進进 連连 遞递 遺遗 裡里 " +
		"裏里 錢钱 銀银 鋪铺 鏈链 鍊链 鎖锁 長长 閉闭 問问 陸陆 險险 麵面 須须 頓顿 預预 領领 題题 額额 馬马 驗验 騙骗")

// simplify maps one rune by the table.
func simplify(r rune) rune {
	if s, ok := hans[r]; ok {
		return s
	}
	return r
}

// pairs reads a table of two-rune words.
func pairs(table string) map[rune]rune {
	m := make(map[rune]rune)
	var from rune
	for _, r := range table {
		switch {
		case r == ' ':
		case from == 0:
			from = r
		default:
			m[from], from = r, 0
		}
	}
	return m
}
