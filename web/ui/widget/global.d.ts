declare module "*.css?inline" {
  const css: string;
  export default css;
}

interface ImportMetaEnv {
  /** The language that a file of the widget is built for; unset in tests. */
  readonly YIJIAN_LANG?: import("./i18n/langs").Lang;
}
