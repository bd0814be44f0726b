import type { Dictionary } from "../../../../shared/i18n";
import type { zh } from "./zh-CN";

/** Traditional Chinese, in the words of Taiwan. */
export const tw: Dictionary<typeof zh> = {
  title: "更多",
  done: "回到聊天",
  sizes: "字的大小",
  size: "{n} 號字",
  first: "以後總是先找真人",
  firstNote: "打開以後，一來就為您轉真人，AI 智慧助理不回答。",
  aloud: "讀出回答",
  aloudHere: "由您的裝置讀出來，聲音和文字都不上傳。",
  aloudAway: "這個瀏覽器會把要讀的文字傳給它的語音服務，由那邊讀出來。",
  voice: "用說的，不用打字",
  voiceNote:
    "聲音會由瀏覽器的語音服務變成文字，可能傳到瀏覽器公司的伺服器，不傳給我們。您看過、改好，再按傳送。",
  speak: "說話",
  listening: "正在聽，請說。說完再按一次。",
  notHeard: "沒有聽清楚，或者瀏覽器不讓我們用麥克風。請再按一次，或者直接打字。",
  sound: "新訊息有提示音",
  notify: "快輪到時提醒我",
  notifyNote: "您看別的頁面時，會跳出一則提醒。請不要關掉這個頁面。",
  notifyNo: "瀏覽器不讓我們提醒您。請在瀏覽器的設定裡打開通知。",
  pace: "看打字快慢，給您更多時間",
  paceNote:
    "只看每則訊息打得快慢、停了幾次、改了多少，各記成 0 到 4 的一個數，和訊息一起送出。不看您按了什麼鍵，不看沒送出的字，不猜年齡。只用來多等您、早點請真人；關掉它，服務不會變差。",
  copy: "複製聊天紀錄",
  copied: "已複製。可以貼給家人看。",
  copyNo: "沒能複製。請用「下載聊天紀錄」。",
  download: "下載聊天紀錄",
  file: "聊天紀錄",
  end: "結束聊天",
  bot: "回到 AI 助理",
  near: "快輪到您了",
  fresh: "有新訊息",
};
