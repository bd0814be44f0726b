package intent

// traditional lists the traditional characters that shop talk needs, each followed by its simplified
// form. A knowledge file is written once, in simplified characters, for both kinds of reader.
const traditional = "" +
	"貨货訂订單单購购買买賣卖價价錢钱費费運运郵邮遞递發发開开關关閉闭門门問问間间時时點点嗎吗麼么麽么" +
	"這这個个們们為为爲为來来還还沒没對对錯错換换補补貼贴額额優优劃划積积會会員员級级帳账賬账戶户號号" +
	"碼码驗验證证簡简訊讯電电話话機机線线網网頁页連连結结鏈链設设備备註注冊册銷销錄录輸输刪删應应該该" +
	"過过無无稅税務务業业統统編编頭头紙纸質质壞坏損损維维裝装師师產产說说書书標标籤签簽签達达遲迟緩缓" +
	"滯滞轉转讓让請请幫帮詢询協协調调處处進进訴诉騙骗詐诈盜盗竊窃竄窜隱隐權权險险護护衛卫報报臺台灣湾" +
	"國国際际內内東东車车輛辆樓楼層层區区縣县鄉乡鎮镇鄰邻體体適适顏颜藍蓝綠绿紅红黃黄銀银鐵铁銅铜鋼钢" +
	"麗丽麵面飯饭魚鱼雞鸡豬猪鴨鸭葉叶種种類类樣样歲岁媽妈爺爷孫孙兒儿親亲愛爱樂乐歡欢聽听見见觀观視视" +
	"覺觉讀读寫写記记憶忆認认識识學学習习練练難难總总計计減减滿满贈赠禮礼賀贺預预約约團团隊队組组實实" +
	"鋪铺倉仓庫库貯贮從从後后給给與与將将當当歸归邊边裡里裏里邏逻輯辑變变動动態态導导斷断終终續续長长" +
	"遠远嚴严緊紧張张煩烦惱恼罵骂惡恶負负責责擔担養养廠厂廢废舊旧專专屬属條条項项則则規规範范圍围極极" +
	"構构歷历傳传遺遗誤误別别現现場场週周鐘钟幾几兩两隻只雙双幣币圓圆寶宝貝贝陽阳陰阴雲云氣气濕湿乾干" +
	"淨净髒脏燈灯熱热涼凉風风銳锐聲声響响鬧闹靜静褲裤襯衬襪袜絲丝綿绵紗纱織织軟软鍵键盤盘螢荧顯显圖图" +
	"畫画職职經经營营戰战勝胜敗败獲获丟丢棄弃拋抛撿捡搶抢拚拼併并壓压鬆松縮缩寬宽餘余隨随繳缴納纳領领" +
	"贖赎夠够兌兑貸贷償偿債债詳详細细確确誰谁筆笔輕轻腳脚腦脑藥药醫医廣广搖摇蘋苹殘残礙碍議议獎奖勵励" +
	"榮荣譽誉離离訪访談谈論论評评讚赞課课農农燒烧壺壶鍋锅爐炉櫃柜櫥橱鎖锁鑰钥夾夹鏡镜鍊链錶表掛挂"

// fold maps a traditional character to its simplified form.
var fold = pairs(traditional)

func pairs(s string) map[rune]rune {
	rs := []rune(s)
	m := make(map[rune]rune, len(rs)/2)
	for i := 0; i+1 < len(rs); i += 2 {
		m[rs[i]] = rs[i+1]
	}
	return m
}

func simplified(r rune) rune {
	if s, ok := fold[r]; ok {
		return s
	}
	return r
}
