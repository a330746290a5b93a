//! A small client of WebKitWebDriver (W3C WebDriver) for one program with several windows.
//!
//! One driver drives one program. Windows are told apart by their Tauri label. Elements are found
//! by `data-testid`, always anew: the interface may redraw between two looks.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::display::log;
use crate::keeper::Program;
use crate::stage::{Machine, free_port};
use crate::witness::Witness;

/// The name that the WebDriver standard gives to a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A debug build shows its first window within 5 s on an idle two-core machine; ten times that when busy.
const START: Duration = Duration::from_secs(60);

/// What a person would wait before saying "nothing happens", with room for a loaded machine.
const PATIENCE: Duration = Duration::from_secs(15);

/// One question to the driver; a script may run for 30 s by the driver's own rule.
const ANSWER: Duration = Duration::from_secs(40);

/// A program under WebDriver. Dropping it ends the program.
#[derive(Debug)]
pub struct WebDriver {
    http: reqwest::Client,
    runtime: Runtime,
    session: String,
    witness: Witness,
    driver: Program,
    binary: String,
}

/// An element of the page of the window that was current when it was found.
#[derive(Clone, Debug)]
pub struct Element(String);

/// Where an element is on its page, in CSS pixels.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Rect {
    /// From the page's left edge.
    pub x: f64,
    /// From the page's top edge.
    pub y: f64,
    /// Left to right.
    pub width: f64,
    /// Top to bottom.
    pub height: f64,
}

impl WebDriver {
    pub(crate) fn start(machine: &Machine, witness: &Witness, binary: &Path, args: &[&str]) -> Result<Self> {
        // reqwest asks for a provider even for plain HTTP; a second caller finds it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}"));
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let name = binary.file_name().context("the program has no name")?.to_string_lossy().into_owned();
        let driver = machine.start_driver(&name, &mut command)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let http = reqwest::Client::builder().no_proxy().timeout(ANSWER).build()?;
        let base = format!("http://127.0.0.1:{port}");
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "webkitgtk:browserOptions": {"binary": binary, "args": args}}}});
        let ready =
            || Ok(runtime.block_on(async { http.get(format!("{base}/status")).send().await }).map(|_| Some(()))?);
        witness.until("WebKitWebDriver answers", START, ready)?;
        let made = ask(&runtime, &http, Method::POST, &format!("{base}/session"), &capabilities)
            .with_context(|| format!("start {name} under WebDriver\n{}", witness.record(&format!("start {name}"))))?;
        let id = made.get("sessionId").and_then(Value::as_str).context("the driver gave no session")?;
        let session = format!("{base}/session/{id}");
        Ok(Self { http, runtime, session, witness: witness.clone(), driver, binary: name })
    }

    /// The labels of the open windows, sorted.
    ///
    /// # Errors
    /// When the program is gone, like every method here.
    pub fn labels(&self) -> Result<Vec<String>> {
        let mut labels = Vec::new();
        for handle in self.handles()? {
            self.post("window", &json!({"handle": handle}))?;
            labels.extend(self.label()?);
        }
        labels.sort();
        Ok(labels)
    }

    /// Makes the window with this label current, waiting for it to open.
    ///
    /// # Errors
    /// When no such window opens in time.
    pub fn switch_to(&self, label: &str) -> Result<()> {
        Ok(self.witness.until(&format!("the window {label} is open"), PATIENCE, || self.try_switch(label))?)
    }

    /// Makes the window with this label current if it is open.
    ///
    /// # Errors
    /// When the program is gone.
    pub fn try_switch(&self, label: &str) -> Result<Option<()>> {
        if matches!(self.label(), Ok(Some(current)) if current == label) {
            return Ok(Some(()));
        }
        for handle in self.handles()? {
            self.post("window", &json!({"handle": handle}))?;
            if self.label()?.as_deref() == Some(label) {
                return Ok(Some(()));
            }
        }
        Ok(None)
    }

    /// Whether no window has this label any more.
    ///
    /// # Errors
    /// When the program is gone.
    pub fn is_closed(&self, label: &str) -> Result<bool> {
        Ok(!self.labels()?.iter().any(|open| open == label))
    }

    /// All elements that fit a CSS selector, shown or not.
    ///
    /// # Errors
    /// When the program or the window is gone.
    pub fn all(&self, css: &str) -> Result<Vec<Element>> {
        let found = self.post("elements", &json!({"using": "css selector", "value": css}))?;
        let ids = found.as_array().into_iter().flatten().filter_map(|one| one.get(ELEMENT)?.as_str());
        Ok(ids.map(|id| Element(id.to_owned())).collect())
    }

    /// The first element with this `data-testid` that a person can see, waiting for it.
    ///
    /// # Errors
    /// When none is shown in time.
    pub fn find(&self, test_id: &str) -> Result<Element> {
        self.find_within(test_id, PATIENCE)
    }

    /// As [`Self::find`], with a deadline of its own.
    ///
    /// # Errors
    /// When none is shown in time.
    pub fn find_within(&self, test_id: &str, deadline: Duration) -> Result<Element> {
        let what = format!("{}: {test_id} is shown", self.binary);
        Ok(self.witness.until(&what, deadline, || self.shown(test_id))?)
    }

    /// The first element with this `data-testid` that is shown right now.
    ///
    /// # Errors
    /// When the program or the window is gone.
    pub fn shown(&self, test_id: &str) -> Result<Option<Element>> {
        for element in self.all(&selector(test_id))? {
            let shown = self.get(&format!("element/{}/displayed", element.0))?;
            if shown.as_bool() == Some(true) {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// Waits until nothing with this `data-testid` is shown.
    ///
    /// # Errors
    /// When it stays.
    pub fn gone(&self, test_id: &str) -> Result<()> {
        let what = format!("{}: {test_id} is gone", self.binary);
        Ok(self.witness.until(&what, PATIENCE, || Ok(self.shown(test_id)?.is_none().then_some(())))?)
    }

    /// Clicks what has this `data-testid`, as soon as it is shown and enabled.
    ///
    /// # Errors
    /// When it cannot be clicked in time.
    pub fn click(&self, test_id: &str) -> Result<()> {
        let what = format!("{}: {test_id} can be clicked", self.binary);
        Ok(self.witness.until(&what, PATIENCE, || match self.enabled(test_id)? {
            Some(element) => self.click_element(&element).map(Some),
            None => Ok(None),
        })?)
    }

    /// Clicks what closes its own window: that may be gone before the driver has answered the click.
    ///
    /// # Errors
    /// When it cannot be clicked in time.
    pub fn click_away(&self, test_id: &str) -> Result<()> {
        let what = format!("{}: {test_id} can be clicked", self.binary);
        let element = self.witness.until(&what, PATIENCE, || self.enabled(test_id))?;
        self.click_element(&element).or_else(|error| if self.label().is_err() { Ok(()) } else { Err(error) })
    }

    fn enabled(&self, test_id: &str) -> Result<Option<Element>> {
        let Some(element) = self.shown(test_id)? else { return Ok(None) };
        let enabled = self.get(&format!("element/{}/enabled", element.0))?.as_bool() == Some(true);
        Ok(enabled.then_some(element))
    }

    /// Clicks an element.
    ///
    /// # Errors
    /// When something lies over it, or it is gone.
    pub fn click_element(&self, element: &Element) -> Result<()> {
        self.post(&format!("element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Replaces the content of a field by typing.
    ///
    /// # Errors
    /// When it is not there in time or takes no text.
    pub fn fill(&self, test_id: &str, text: &str) -> Result<()> {
        let element = self.find(test_id)?;
        self.post(&format!("element/{}/clear", element.0), &json!({}))?;
        self.type_into(&element, text)
    }

    /// Types into a field after what is there.
    ///
    /// # Errors
    /// When the element takes no text or is gone.
    pub fn type_into(&self, element: &Element, text: &str) -> Result<()> {
        self.post(&format!("element/{}/value", element.0), &json!({"text": text})).map(drop)
    }

    /// The text that a person reads in the element with this `data-testid`, waiting for it.
    ///
    /// # Errors
    /// When it is not shown in time.
    pub fn text(&self, test_id: &str) -> Result<String> {
        let what = format!("{}: {test_id} can be read", self.binary);
        Ok(self.witness.until(&what, PATIENCE, || {
            let Some(element) = self.shown(test_id)? else { return Ok(None) };
            self.text_of(&element).map(Some)
        })?)
    }

    /// The text that a person reads in an element. (The driver's own `text` says nothing for a line
    /// that may be cut off with an ellipsis.)
    ///
    /// # Errors
    /// When it is gone.
    pub fn text_of(&self, element: &Element) -> Result<String> {
        let text = self.script("return arguments[0].innerText", &json!([{ELEMENT: element.0}]))?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// Waits until the element with this `data-testid` shows a text that `part` is in.
    ///
    /// # Errors
    /// When it does not in time; the error has the text it showed last.
    pub fn says(&self, test_id: &str, part: &str, deadline: Duration) -> Result<String> {
        let what = format!("{}: {test_id} says {part:?}", self.binary);
        Ok(self.witness.until(&what, deadline, || {
            let mut heard = Vec::new();
            for element in self.all(&selector(test_id))? {
                let text = self.text_of(&element)?;
                if text.contains(part) {
                    return Ok(Some(text));
                }
                heard.push(text);
            }
            bail!("it says {heard:?}")
        })?)
    }

    /// An attribute of an element; `None` when it is not set.
    ///
    /// # Errors
    /// When the element is gone.
    pub fn attribute(&self, element: &Element, name: &str) -> Result<Option<String>> {
        Ok(self.get(&format!("element/{}/attribute/{name}", element.0))?.as_str().map(str::to_owned))
    }

    /// Where an element is on its page.
    ///
    /// # Errors
    /// When it is gone.
    pub fn rect(&self, element: &Element) -> Result<Rect> {
        serde_json::from_value(self.get(&format!("element/{}/rect", element.0))?).context("read the rectangle")
    }

    /// Chooses in a control that is drawn by its label (a radio that only assistive technology sees),
    /// as its key would.
    ///
    /// # Errors
    /// When it is not there in time.
    pub fn choose(&self, test_id: &str) -> Result<()> {
        self.choose_in(&selector(test_id))
    }

    /// As [`Self::choose`], for the first element that fits a CSS selector.
    ///
    /// # Errors
    /// When there is none in time.
    pub fn choose_in(&self, css: &str) -> Result<()> {
        let what = format!("{}: {css} can be chosen", self.binary);
        Ok(self.witness.until(&what, PATIENCE, || {
            let Some(element) = self.all(css)?.into_iter().next() else { return Ok(None) };
            self.script("arguments[0].click()", &json!([{ELEMENT: element.0}])).map(|_| Some(()))
        })?)
    }

    /// Selects a value of a drop-down list.
    ///
    /// # Errors
    /// When the list is not shown in time.
    pub fn select(&self, test_id: &str, value: &str) -> Result<()> {
        let element = self.find(test_id)?;
        let script = "arguments[0].value = arguments[1];\
            arguments[0].dispatchEvent(new Event('change', {bubbles: true}))";
        self.script(script, &json!([{ELEMENT: element.0}, value])).map(drop)
    }

    /// The value of a field.
    ///
    /// # Errors
    /// When it is not shown in time.
    pub fn value(&self, test_id: &str) -> Result<String> {
        let element = self.find(test_id)?;
        let value = self.script("return arguments[0].value", &json!([{ELEMENT: element.0}]))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until an element with this `data-testid` has an attribute with one of these values.
    ///
    /// # Errors
    /// When none does in time; the error has the values there were.
    pub fn state(&self, test_id: &str, attribute: &str, wanted: &[&str], deadline: Duration) -> Result<Element> {
        let what = format!("{}: {test_id} has {attribute} = {wanted:?}", self.binary);
        Ok(self.witness.until(&what, deadline, || {
            let mut seen = Vec::new();
            for element in self.all(&selector(test_id))? {
                let value = self.attribute(&element, attribute)?.unwrap_or_default();
                if wanted.contains(&value.as_str()) {
                    return Ok(Some(element));
                }
                seen.push(value);
            }
            bail!("there is {seen:?}")
        })?)
    }

    /// Runs a function body in the page of the current window and gives what it returns.
    ///
    /// # Errors
    /// When the script throws or the window is gone.
    pub fn script(&self, body: &str, args: &Value) -> Result<Value> {
        self.post("execute/sync", &json!({"script": body, "args": args}))
    }

    /// As [`Self::script`]; the script calls its last argument with the answer.
    ///
    /// # Errors
    /// When the script throws, never answers, or the window is gone.
    pub fn script_async(&self, body: &str, args: &Value) -> Result<Value> {
        self.post("execute/async", &json!({"script": body, "args": args}))
    }

    /// Waits until the current window has painted what is in its page, which a busy machine does half a second later
    /// than it says so. A window that nobody sees paints nothing: two seconds at most.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn painted(&self) -> Result<()> {
        let script = "const done = arguments[0]; setTimeout(done, 2000);\
                      requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        self.script_async(script, &json!([])).map(drop)
    }

    /// The process id of the driven program.
    ///
    /// # Errors
    /// When it has ended.
    pub fn program_id(&self) -> Result<u32> {
        let children = format!("/proc/{0}/task/{0}/children", self.driver.id());
        let list = std::fs::read_to_string(&children).context("look for the driven program")?;
        list.split_whitespace().next().and_then(|id| id.parse().ok()).context("the driven program has ended")
    }

    /// Kills the program and its driver at once, as `kill -9` does. Nothing gets to say goodbye.
    pub fn kill(mut self) {
        self.driver.kill();
    }

    fn handles(&self) -> Result<Vec<String>> {
        serde_json::from_value(self.get("window/handles")?).context("read the window handles")
    }

    /// The label of the current window, once its page has Tauri's own objects.
    fn label(&self) -> Result<Option<String>> {
        let script = "return window.__TAURI_INTERNALS__?.metadata?.currentWindow?.label ?? null";
        Ok(self.script(script, &json!([]))?.as_str().map(str::to_owned))
    }

    fn get(&self, path: &str) -> Result<Value> {
        ask(&self.runtime, &self.http, Method::GET, &format!("{}/{path}", self.session), &Value::Null)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        ask(&self.runtime, &self.http, Method::POST, &format!("{}/{path}", self.session), body)
    }
}

impl Machine {
    fn start_driver(&self, program: &str, command: &mut Command) -> Result<Program> {
        let extra: Vec<_> = command.get_envs().map(|(k, v)| (k.to_owned(), v.unwrap_or_default().to_owned())).collect();
        command.env_clear().envs(self.environment()).envs(extra).current_dir(self.home());
        command.stdin(Stdio::null()).stdout(log(self.home(), program)?).stderr(log(self.home(), program)?);
        self.keeper().start("WebKitWebDriver", command)
    }
}

fn selector(test_id: &str) -> String {
    format!("[data-testid=\"{test_id}\"]")
}

/// Asks the driver one thing and gives the `value` of its answer.
fn ask(runtime: &Runtime, http: &reqwest::Client, method: Method, url: &str, body: &Value) -> Result<Value> {
    runtime.block_on(async {
        let mut request = http.request(method, url);
        if !body.is_null() {
            request = request.json(body);
        }
        let answer: Value = request.send().await?.json().await.context("the driver did not answer in JSON")?;
        let value = answer.get("value").cloned().unwrap_or_default();
        match (value.get("error").and_then(Value::as_str), value.get("message").and_then(Value::as_str)) {
            (Some(error), message) => bail!("{error}: {}", message.unwrap_or_default()),
            _ => Ok(value),
        }
    })
}
