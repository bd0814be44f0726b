import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Popover,
  Tooltip,
} from "@mantine/core";

/** A deep green that stays calm for eight hours; 7 carries white words, 4 dark ones. */
const pine: MantineColorsTuple = [
  "#e9f6f1",
  "#d3ebe2",
  "#a6d7c6",
  "#75c1a8",
  "#5cc0a3",
  "#3ba286",
  "#1f8a70",
  "#0f7560",
  "#0a6152",
  "#064c40",
];

/** Neutral with a breath of green, so that the dark pages belong to the same house. */
const dark: MantineColorsTuple = [
  "#e4eae7",
  "#c5cecb",
  "#9eaca6",
  "#74827c",
  "#3d4844",
  "#2c3633",
  "#222a28",
  "#1a201e",
  "#131817",
  "#0e1211",
];

/** The looks of every control. Targets are at least 32 px. */
export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { pine, dark },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray", size: 34 } }),
    Button: Button.extend({
      defaultProps: { size: "sm" },
      // Mantine picks a filled button's ink for the light shade only; this one knows the scheme.
      vars: (_, { variant = "filled", color }) => ({
        root:
          variant === "filled" && !color
            ? { "--button-color": "var(--mantine-primary-color-contrast)" }
            : {},
      }),
    }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", withinPortal: true } }),
    Popover: Popover.extend({ defaultProps: { shadow: "md", withArrow: true } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
  },
});

const greys = {
  "--mantine-color-text": "var(--yj-text)",
  "--mantine-color-dimmed": "var(--yj-dim)",
  "--mantine-color-placeholder": "var(--yj-dim)",
};

/** Mantine's own greys are too pale for small words; ours reach contrast 4.5. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: greys, dark: greys });
