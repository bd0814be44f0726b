// Runs before the widget, so that the chat speaks the language of the page: ?lang=en or ?lang=zh.
(() => {
  const asked = new URLSearchParams(location.search).get("lang");
  document.documentElement.lang = asked?.startsWith("en") ? "en" : "zh-CN";
})();
