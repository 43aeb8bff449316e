// Runs in the page that checks slips (`contract/slip-check-page.ts`), from a disk or from the API.
import { checkSlip } from './check-slip.ts';

const at = (id) => document.getElementById(id);
const published = JSON.parse(at('data').textContent);
const { names, asOf } = published;
const said = at('said');

const words = {
  'genuine': ['Phiếu thật: chữ ký đúng.', 'Genuine: the signature is right.'],
  'ended': [
    'Phiếu thật nhưng không còn hiệu lực: mã tra cứu đã được đổi.',
    'Genuine, but it holds no more: its tracking code was replaced.',
  ],
  'forged': ['Không phải phiếu do bưu điện in: chữ ký sai.', 'Not printed by the post: the signature is wrong.'],
  'unknown-key': [
    'Không kiểm tra được: tệp này không có khóa của phiếu. Hãy tải tệp mới.',
    'Cannot be checked: this file does not have the slip’s key. Fetch a newer file.',
  ],
  'not-a-slip': ['Đây không phải mã QR của phiếu gửi.', 'This is not the QR code of a slip.'],
  'another-edition': ['Phiếu theo mẫu mới hơn. Hãy tải tệp mới.', 'A slip of another edition. Fetch a newer file.'],
};

const local = (time) =>
  new Intl.DateTimeFormat('vi-VN', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' }).format(
    time,
  );

const days = Math.max(0, Math.floor((Date.now() - Date.parse(asOf)) / 86_400_000));
show(
  at('age'),
  `Danh sách phiếu hết hiệu lực: ${local(Date.parse(asOf))}, ${days} ngày trước.`,
  `The list of slips that ended is ${days} days old.`,
);

function show(where, vi, en) {
  const english = document.createElement('span');
  english.lang = 'en';
  english.textContent = en;
  where.append(vi, ' ', english);
}

function told({
  trackingCode,
  service,
  acceptedAt,
  printedAt,
  postOfficeId,
  procedureCode,
  originals,
  copies,
  sealNumber,
  amount,
}) {
  const what = service === 'send' ? 'Hồ sơ' : 'Kết quả';
  const counted = service === 'send' ? `: ${originals} bản chính, ${copies} bản sao` : '';
  return [
    `Số phiếu ${trackingCode.match(/.{3}/g).join('-')}`,
    `${what}${counted}${sealNumber === '' ? '' : `; niêm phong ${sealNumber}`}`,
    `${names[procedureCode] ?? ''} (${procedureCode})`,
    `Nhận lúc ${local(acceptedAt)} tại ${names[postOfficeId] ?? postOfficeId}`,
    `Đã thu ${amount.toLocaleString('vi-VN')} đ; in lúc ${local(printedAt)}`,
  ];
}

async function check(text) {
  const checked = await checkSlip(text, published);
  said.dataset.verdict = checked.verdict;
  said.replaceChildren();
  const title = document.createElement('b');
  show(title, ...words[checked.verdict]);
  said.append(title);
  // What is forged says nothing that could be believed.
  for (const line of checked.verdict === 'genuine' || checked.verdict === 'ended' ? told(checked.statement) : []) {
    const row = document.createElement('div');
    row.textContent = line;
    said.append(row);
  }
}

at('check').addEventListener('click', () => check(at('text').value));

if ('BarcodeDetector' in window) {
  const detector = new window.BarcodeDetector({ formats: ['qr_code'] });
  const found = async (picture) => {
    const [code] = await detector.detect(picture);
    if (code === undefined) return false;
    at('text').value = code.rawValue;
    await check(code.rawValue);
    return true;
  };
  at('pictures').hidden = false;
  at('file').addEventListener('change', async ({ target }) => {
    const [file] = target.files;
    if (file !== undefined && !(await found(await createImageBitmap(file)))) await check('');
  });
  at('camera').addEventListener('click', async () => {
    const video = at('video');
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const look = async () => {
      if (!(await found(video))) return setTimeout(look, 250);
      for (const track of stream.getTracks()) track.stop();
      video.hidden = true;
    };
    await look();
  });
}
