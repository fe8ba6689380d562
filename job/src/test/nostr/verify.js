// Reads a mined event in JSON from standard input; prints what nostr-tools makes of it: the id it computes, the work in it, and
// whether the event is valid once it is signed with the key in the argument.
import { getPow } from 'nostr-tools/nip13';
import { finalizeEvent, getEventHash, getPublicKey, verifyEvent } from 'nostr-tools/pure';

const secret = Uint8Array.from(Buffer.from(process.argv[2], 'hex'));
let text = '';
for await (const part of process.stdin.setEncoding('utf8')) text += part;
if (text === '') {
  console.log(JSON.stringify({ pubkey: getPublicKey(secret) }));
} else {
  const event = JSON.parse(text);
  const { id, ...unsigned } = event;
  const signed = finalizeEvent({ ...unsigned }, secret);
  console.log(JSON.stringify({
    id: getEventHash(event), work: getPow(event.id), signed: signed.id === id && signed.pubkey === event.pubkey && verifyEvent(signed)
  }));
}
