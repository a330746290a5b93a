/** The wide pages of the workplace and the sections of the desk's set-up: one line each. */
import ApiPage from "$features/api/ApiPage.svelte";
import Contracts from "$features/contract/Contracts.svelte";
import Hours from "$features/hours/Hours.svelte";
import Routing from "$features/routing/Routing.svelte";
import AllDevices from "$features/device/AllDevices.svelte";
import Import from "$features/import/Import.svelte";
import People from "$features/people/People.svelte";
import Start from "$features/start/Start.svelte";
import MailPage from "$features/running/MailPage.svelte";
import RunningPage from "$features/running/RunningPage.svelte";
import Reports from "$features/report/Reports.svelte";
import TicketSetup from "$features/ticket/setup/TicketSetup.svelte";
import Vendors from "$features/vendor/Vendors.svelte";
import type { AppView, Role } from "$host";
import ChartColumn from "@lucide/svelte/icons/chart-column";
import Gauge from "@lucide/svelte/icons/gauge";
import SlidersHorizontal from "@lucide/svelte/icons/sliders-horizontal";
import type { Component } from "svelte";
import BoardPage from "./BoardPage.svelte";
import Setup from "./Setup.svelte";

/** What every page gets. */
export interface PageProps {
  app: AppView;
  /** Shows a conversation of one's own. */
  onopen?: (conversation: string) => void;
}

/** A page that fills the workplace beside the rail; its label is the text `rail-ID`. */
export interface WidePage {
  id: string;
  icon: Component<{ size?: string }>;
  /** Who sees it. */
  roles: Role[];
  component: Component<PageProps>;
}

/** A part of the desk's set-up; its label is the text `setup-ID`. */
export interface Section {
  id: string;
  roles: Role[];
  component: Component<PageProps>;
}

export const PAGES: WidePage[] = [
  { id: "board", icon: Gauge, roles: ["supervisor", "owner"], component: BoardPage },
  { id: "reports", icon: ChartColumn, roles: ["supervisor", "owner"], component: Reports },
  { id: "setup", icon: SlidersHorizontal, roles: ["owner", "supervisor"], component: Setup },
];

export const SECTIONS: Section[] = [
  { id: "people", roles: ["owner"], component: People },
  { id: "hours", roles: ["owner", "supervisor"], component: Hours },
  { id: "contracts", roles: ["owner"], component: Contracts },
  { id: "routing", roles: ["owner", "supervisor"], component: Routing },
  { id: "tickets", roles: ["owner"], component: TicketSetup },
  { id: "start", roles: ["owner"], component: Start },
  { id: "import", roles: ["owner"], component: Import },
  { id: "devices", roles: ["owner"], component: AllDevices },
  { id: "mail", roles: ["owner"], component: MailPage },
  { id: "running", roles: ["owner"], component: RunningPage },
  { id: "api", roles: ["owner"], component: ApiPage },
  { id: "vendors", roles: ["owner"], component: Vendors },
];
