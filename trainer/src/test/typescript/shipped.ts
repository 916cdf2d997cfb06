// What a dashboard's JSON may hold: Grafana's types, with options and field options by panel type, and
// with plain texts where they have enums.
import type {
  Dashboard,
  DashboardLink,
  FieldConfig,
  Panel,
  RowPanel,
  TableFieldOptions,
} from "@grafana/schema";
import type { FieldConfig as BarField, Options as Bar } from "@grafana/schema/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen";
import type { FieldConfig as HeatField, Options as Heat } from "@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen";
import type { Options as Stat } from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";
import type { FieldConfig as StateField, Options as State } from "@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen";
import type { Options as Table } from "@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen";
import type { FieldConfig as TimeField, Options as Time } from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";

type Plain<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;

/** A target as Prometheus' data source takes it. */
interface Query {
  datasource: { type: "prometheus"; uid: "${datasource}" };
  editorMode: "code";
  expr: string;
  format: "time_series" | "table" | "heatmap";
  instant: boolean;
  range: boolean;
  legendFormat?: string;
  refId: string;
}

type Of<Type extends string, Options, Field> = Omit<Plain<Panel>, "type" | "options" | "fieldConfig" | "targets"> & {
  type: Type;
  options: Plain<Options>;
  targets: Query[];
  fieldConfig: {
    defaults: Omit<Plain<FieldConfig>, "custom"> & { custom?: Partial<Plain<Field>> };
    overrides: {
      matcher: { id: "byName" | "byRegexp"; options: string };
      properties: { id: keyof FieldConfig | `custom.${Extract<keyof Field, string>}`; value: unknown }[];
    }[];
  };
};

type Panels =
  | Of<"timeseries", Time, TimeField>
  | Of<"state-timeline", State, StateField>
  | Of<"heatmap", Heat, HeatField>
  | Of<"table", Table, TableFieldOptions>
  | Of<"barchart", Bar, BarField>
  | Of<"stat", Stat, object>
  | Plain<RowPanel>;

/** Annotations of Prometheus have keys of their own; Grafana's own has none of them. */
interface Annotation {
  builtIn?: 1;
  datasource: { type: string; uid: string };
  enable: boolean;
  hide: boolean;
  iconColor: string;
  name: string;
  type?: "dashboard";
  target?: { expr: string; refId: string };
  titleFormat?: string;
  textFormat?: string;
  tagKeys?: string;
  useValueForTime?: boolean;
}

type Variable = Omit<NonNullable<NonNullable<Plain<Dashboard>["templating"]>["list"]>[number], "datasource"> & {
  datasource?: { type: "prometheus"; uid: "${datasource}" };
  definition?: string;
};

export type Shipped = Omit<Plain<Dashboard>, "panels" | "annotations" | "templating" | "links"> & {
  annotations: { list: Annotation[] };
  links: Plain<DashboardLink>[];
  panels: Panels[];
  templating: { list: Variable[] };
};
