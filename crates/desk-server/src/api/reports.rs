//! Reports.

use axum::{Json, extract::State};
use opora_desk::store::ReportsStore;
use opora_domain::{LineId, Span, report};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    asked::{Asked, Moment},
    caller::{By, ReportsRead},
    error::{Answer, Problem, Refused, Senseless},
};
use crate::app::App;

/// A period.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Period {
    /// From this moment on.
    #[param(value_type = String, format = DateTime)]
    from: Moment,
    /// Up to this moment, not included; ten years at most.
    #[param(value_type = String, format = DateTime)]
    to: Moment,
    /// Zone of days and hours, as in the IANA list; UTC when it is not said.
    zone: Option<String>,
    /// One line; all when it is not said.
    line: Option<Uuid>,
}

/// Counts and working times of some requests; seconds.
#[derive(Serialize, ToSchema)]
pub(crate) struct Figures {
    /// Asked.
    asked: u32,
    /// A person of the firm has answered.
    answered: u32,
    /// The talk is over.
    closed: u32,
    /// Taken back.
    cancelled: u32,
    /// Half were first answered at least as fast.
    first_answer_p50: Option<i64>,
    /// Nine of ten were.
    first_answer_p90: Option<i64>,
    /// Half were closed at least as fast.
    closed_p50: Option<i64>,
    /// Nine of ten were.
    closed_p90: Option<i64>,
    /// Rated by the customer.
    rated: u32,
    /// Sum of the customers' stars.
    stars: u32,
}

/// Figures of one thing that requests are grouped by.
#[derive(Serialize, ToSchema)]
pub(crate) struct Row {
    /// An id or a word; none where there is none.
    of: Option<String>,
    /// Its figures.
    figures: Figures,
}

/// Requests that were asked in a period.
#[derive(Serialize, ToSchema)]
pub(crate) struct Report {
    /// All together.
    total: Figures,
    /// By line.
    lines: Vec<Row>,
    /// By class.
    classes: Vec<Row>,
    /// By organisation.
    organisations: Vec<Row>,
    /// By product, most asked first.
    products: Vec<Row>,
    /// By who had it last.
    specialists: Vec<Row>,
}

fn seconds(span: Option<Span>) -> Option<i64> {
    span.map(|span| span.as_millis() / 1_000)
}

impl From<report::Figures> for Figures {
    fn from(figures: report::Figures) -> Self {
        Self {
            asked: figures.asked,
            answered: figures.answered,
            closed: figures.closed,
            cancelled: figures.cancelled,
            first_answer_p50: seconds(figures.first_p50),
            first_answer_p90: seconds(figures.first_p90),
            closed_p50: seconds(figures.closed_p50),
            closed_p90: seconds(figures.closed_p90),
            rated: figures.rated,
            stars: figures.stars,
        }
    }
}

fn rows(rows: Vec<report::Row>) -> Vec<Row> {
    rows.into_iter().map(|row| Row { of: row.of, figures: row.figures.into() }).collect()
}

/// Figures of the requests that were asked in a period.
#[utoipa::path(get, path = "/reports/requests", tag = "reports", params(Period), security(("key" = ["reports:read"])),
    responses((status = 200, body = Report), Refused, Senseless))]
pub(crate) async fn of_requests(
    _: By<ReportsRead>,
    State(app): State<App>,
    Asked(period): Asked<Period>,
) -> Answer<Json<Report>> {
    let (zone, line) = (period.zone.unwrap_or_else(|| "UTC".into()), period.line.map(LineId));
    let ask = report::Ask { from: period.from.0, to: period.to.0, zone, line };
    let zone = ask.check().map_err(Problem::invalid)?;
    let report = app.desk.store().report(&ask, &zone).await?;
    Ok(Json(Report {
        total: report.total.into(),
        lines: rows(report.lines),
        classes: rows(report.classes),
        organisations: rows(report.clients),
        products: rows(report.products),
        specialists: rows(report.specialists),
    }))
}
