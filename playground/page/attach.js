// Attachments: pictures are scaled down as a phone does, several become one album, everything else goes as a file.
import { h, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";

const LONGEST = 1280;
const QUALITY = 0.86;

export function attachButton(seat) {
  const picker = h("input", { type: "file", multiple: true, hidden: true, tLabel: "file", tabindex: "-1" });
  picker.addEventListener("change", async () => {
    await sendFiles(seat, [...picker.files]);
    picker.value = "";
  });
  const items = () => [
    ["file", () => picker.click()],
    ["samplePhoto", () => seat.act.say({ photo: true })],
    ["sampleAlbum", () => seat.act.album({ count: 3 })],
    ["sampleVoice", () => seat.act.say({ voice: true })],
    ["shareContact", () => seat.act.contact()],
  ];
  const button = iconButton("clip", "attach", () => openMenu(button, items()), { "aria-haspopup": "menu" });
  return h("span", { class: "attach" }, button, picker);
}

export async function sendFiles(seat, files) {
  const caption = seat.composer.input.value.trim() || undefined;
  const pictures = files.filter((file) => /^image\/(png|jpe?g|webp|gif|bmp)$/.test(file.type));
  const others = files.filter((file) => !pictures.includes(file));
  const sent = pictures.length ? await sendPictures(seat, pictures, caption) : true;
  for (const file of others) {
    await seat.act.say({ document: await described(file), caption: pictures.length ? undefined : caption });
  }
  if (caption && sent) seat.composer.write("");
}

async function sendPictures(seat, pictures, caption) {
  const photos = await Promise.all(pictures.map(scaled));
  if (photos.length === 1) return seat.act.say({ photo: photos[0], caption });
  let sent = true;
  for (let at = 0; at < photos.length; at += 10) {
    const part = photos.slice(at, at + 10);
    const words = at ? undefined : caption;
    const done = part.length > 1 ? await seat.act.album({ photos: part, caption: words }) : await seat.act.say({ photo: part[0] });
    sent = sent && done;
  }
  return sent;
}

async function scaled(file) {
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) return base64(file);
  const factor = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(image.width * factor)), Math.max(1, Math.round(image.height * factor)));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // a JPEG has no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return base64(await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY }));
}

const described = async (file) => ({ data: await base64(file), name: file.name, mime: file.type || undefined });

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}

