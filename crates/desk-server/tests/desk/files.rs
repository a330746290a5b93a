//! Uploads and blobs.

use base64::{Engine, engine::general_purpose::STANDARD};
use opora_domain::{Span, invite::Invite, message::Attachment, role::Role};
use opora_wire::{OpBody, RefusalCode};
use reqwest::{Method, RequestBuilder, Response};

use crate::office::{Client, DEADLINE, Office, TestResult, http, said};

/// One person's view of `/v1/files` and `/v1/blobs`.
struct Files {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Files {
    fn of(client: &Client) -> TestResult<Self> {
        let base = format!("https://{}", Invite::parse(&client.link)?.address);
        Ok(Self { http: http(&client.link)?, base, token: client.ready.token.clone() })
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.bearer_auth(&self.token).header("Tus-Resumable", "1.0.0")
    }

    async fn create(&self, bytes: &[u8], hash: &str) -> TestResult<Response> {
        let metadata = format!("name {}, hash {}", STANDARD.encode("счёт.pdf"), STANDARD.encode(hash));
        let request = self.ask(Method::POST, "/v1/files").header("Upload-Length", bytes.len());
        Ok(request.header("Upload-Metadata", metadata).send().await?)
    }

    async fn part(&self, path: &str, offset: usize, bytes: &[u8]) -> TestResult<Response> {
        let request = self.ask(Method::PATCH, path).header("Upload-Offset", offset);
        let request = request.header("Content-Type", "application/offset+octet-stream");
        Ok(request.body(bytes.to_vec()).send().await?)
    }

    async fn blob(&self, hash: &str, range: Option<&str>) -> TestResult<Response> {
        let mut request = self.ask(Method::GET, &format!("/v1/blobs/{hash}"));
        if let Some(range) = range {
            request = request.header("Range", range);
        }
        Ok(request.send().await?)
    }
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

fn invoice() -> (Vec<u8>, String) {
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| u8::try_from(n % 251).unwrap_or_default()).collect();
    let hash = blake3::hash(&bytes).to_hex().to_string();
    (bytes, hash)
}

async fn upload(files: &Files, bytes: &[u8], hash: &str) -> TestResult<String> {
    let created = files.create(bytes, hash).await?;
    assert_eq!(created.status(), 201);
    let path = header(&created, "location");
    let (first, second) = bytes.split_at(100_000);
    assert_eq!(files.part(&path, 0, first).await?.status(), 204);
    let asked = files.ask(Method::HEAD, &path).send().await?;
    assert_eq!(header(&asked, "upload-offset"), "100000", "where a broken upload goes on");
    assert_eq!(files.part(&path, 0, first).await?.status(), 409, "that part is here");
    assert_eq!(files.part(&path, 100_000, second).await?.status(), 204);
    Ok(path)
}

#[tokio::test]
async fn a_file_in_the_talk_is_read_by_its_members_alone() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let oleg = office.welcome("Олег Дроздов", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let (bytes, hash) = invoice();
    upload(&Files::of(&boris)?, &bytes, &hash).await?;
    let attachment = Attachment {
        hash: hash.clone(),
        name: "счёт.pdf".into(),
        size: 300_000,
        mime: "application/pdf".into(),
        picture: None,
    };
    let mut draft = said(office.id(), "");
    draft.file = Some(attachment);
    let stolen = anna.try_do(OpBody::Say { conversation, draft: draft.clone() }).await?;
    assert_eq!(stolen.map_err(|refusal| refusal.code), Err(RefusalCode::NotFound), "not hers to show");
    assert_eq!(Files::of(&anna)?.blob(&hash, None).await?.status(), 404);
    boris.must(OpBody::Say { conversation, draft }).await?;

    let whole = Files::of(&anna)?.blob(&hash, None).await?;
    assert_eq!(header(&whole, "x-content-type-options"), "nosniff");
    assert_eq!(header(&whole, "content-disposition"), "attachment");
    assert_eq!(blake3::hash(&whole.bytes().await?).to_hex().to_string(), hash);
    let rest = Files::of(&anna)?.blob(&hash, Some("bytes=299000-")).await?;
    assert_eq!((rest.status().as_u16(), header(&rest, "content-range")), (206, "bytes 299000-299999/300000".into()));
    assert_eq!(rest.bytes().await?, bytes.get(299_000..).unwrap_or_default());
    assert_eq!(Files::of(&oleg)?.blob(&hash, None).await?.status(), 404, "Oleg does not even learn that it exists");
    assert_eq!(Files::of(&anna)?.create(&bytes, &hash).await?.status(), 200, "who may read it need not send it");
    assert_eq!(Files::of(&oleg)?.create(&bytes, &hash).await?.status(), 201);
    Ok(())
}

#[tokio::test]
async fn a_file_with_another_hash_than_promised_is_thrown_away() -> TestResult {
    let mut office = Office::open().await?;
    let anna = office.welcome("Анна Белова", Role::Customer).await?;
    let files = Files::of(&anna)?;
    let (mut bytes, hash) = invoice();
    bytes[7] ^= 1;
    let path = header(&files.create(&bytes, &hash).await?, "location");
    assert_eq!(files.part(&path, 0, &bytes).await?.status().as_u16(), 460);
    assert_eq!(files.blob(&hash, None).await?.status(), 404);
    assert_eq!(files.ask(Method::HEAD, &path).send().await?.status(), 404);
    let left = std::fs::read_dir(office.folder.path().join("uploads"))?.count();
    assert_eq!(left, 0, "nothing half saved");
    Ok(())
}

#[tokio::test]
async fn an_empty_file_is_a_file_and_a_stolen_token_opens_nothing() -> TestResult {
    let mut office = Office::open().await?;
    let anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut files = Files::of(&anna)?;
    let hash = blake3::hash(b"").to_hex().to_string();
    assert_eq!(files.create(b"", &hash).await?.status(), 201);
    assert_eq!(files.blob(&hash, None).await?.bytes().await?.len(), 0);
    files.token.push('x');
    assert_eq!(files.blob(&hash, None).await?.status(), 401);
    Ok(())
}

#[tokio::test]
async fn an_upload_that_nobody_goes_on_with_is_swept_after_two_weeks() -> TestResult {
    let mut office = Office::open().await?;
    let anna = office.welcome("Анна Белова", Role::Customer).await?;
    let (bytes, hash) = invoice();
    Files::of(&anna)?.create(&bytes, &hash).await?;
    let folder = office.folder.path().join("uploads");
    let count = || std::fs::read_dir(&folder).map(Iterator::count);
    assert_eq!(count()?, 1);
    office.clock.shift(Span::minutes(15 * 24 * 60));
    let swept = async {
        let mut looks = tokio::time::interval(std::time::Duration::from_millis(20));
        while count()? > 0 {
            looks.tick().await;
        }
        TestResult::Ok(())
    };
    tokio::time::timeout(DEADLINE, swept).await.map_err(|_| "still there")?
}
