// The page is written in Chinese; in English its texts are taken from here.
(() => {
  const english = {
    title: "Shiye — tea and home, a demo shop",
    brand: "Shiye",
    goodsLink: "Goods",
    careLink: "Help",
    other: "中文",
    heading: "Slow down. Have some tea.",
    lead: "Spring tea picked by hand, cups thrown by hand, and a few quiet things for the home. We pack with care; you open at leisure.",
    look: "See what is new",
    goods: "New this season",
    teapot: "Celadon teapot",
    teapotNote: "320 ml, does not drip",
    cups: "A pair of cups",
    cupsNote: "One plain, one clay",
    tea: "Spring green tea",
    teaNote: "125 g, picked before the rain",
    vase: "Clay vase",
    vaseNote: "Three stems are enough",
    linen: "Linen throw",
    linenNote: "Washed soft, 130 × 170 cm",
    lamp: "Paper lamp",
    lampNote: "Warm light, easy switch",
    care: "Questions? A real person is one press away.",
    careNote:
      "No menus and no waiting for the right word. Press once and our team answers in turn.",
    human: "Talk to a person",
    p1: "Returns for 30 days",
    p1Note: "If it does not suit you, send it back. We pay the postage.",
    p2: "Broken? We replace it",
    p2Note: "Send us a few words; you do not need to return the pieces.",
    p3: "We answer ourselves",
    p3Note: "Every day from 9:00 to 21:00, by chat or by phone.",
    demo: "This is a demo shop. Nothing is sold here.",
    console: "For agents",
  };
  const isEnglish = document.documentElement.lang === "en";
  const link = document.querySelector("[data-text=other]");
  link.href = isEnglish ? "?lang=zh" : "?lang=en";
  link.lang = isEnglish ? "zh-CN" : "en";
  if (!isEnglish) return;
  document.title = english.title;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = english[element.dataset.text] ?? element.textContent;
  }
})();
