/** The sign of Yijian: one key, pressed. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <rect width="32" height="32" rx="9" fill="var(--yj-accent)" />
      <rect x="7" y="13.5" width="18" height="5" rx="2.5" fill="var(--yj-on-accent)" />
      <path
        d="M11 23.5h10"
        stroke="var(--yj-on-accent)"
        strokeWidth="2"
        strokeLinecap="round"
        opacity=".55"
      />
    </svg>
  );
}
