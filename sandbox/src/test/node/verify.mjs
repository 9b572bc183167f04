// Consumes every command with the auditor's credentials and verifies it with nothing but the published JWKS.
// Reads {brokers, username, password, group, topic, jwks} as JSON from standard input, so that the password is on no
// command line, and prints {verified, refused, headers, tamperedRefused} as JSON: places as <partition>@<offset>.
import { createLocalJWKSet, compactVerify } from 'jose'
import { Kafka, logLevel } from 'kafkajs'

const input = JSON.parse(await new Response(process.stdin).text())
const keys = createLocalJWKSet(await (await fetch(input.jwks)).json())
const kafka = new Kafka({
  clientId: 'independent-check',
  brokers: input.brokers,
  ssl: false,
  sasl: { mechanism: 'scram-sha-512', username: input.username, password: input.password },
  logLevel: logLevel.ERROR,
})

const admin = kafka.admin()
await admin.connect()
const ends = (await admin.fetchTopicOffsets(input.topic)).map(({ partition, offset }) => [partition, Number(offset)])
await admin.disconnect()
const open = new Map(ends.filter(([, end]) => end > 0))

const verify = (jws) => compactVerify(jws, keys, { algorithms: ['Ed25519'] })
const found = { verified: [], refused: [], headers: new Set(), tamperedRefused: 0 }
const consumer = kafka.consumer({ groupId: input.group })
const deadline = setTimeout(() => { console.error('not all records came within 60 s'); process.exit(2) }, 60_000)
await consumer.connect()
await consumer.subscribe({ topic: input.topic, fromBeginning: true })
const done = deferred()
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ partition, message }) => {
    if (!open.has(partition)) return
    const jws = message.value.toString('ascii')
    const place = `${partition}@${message.offset}`
    try {
      const { payload, protectedHeader } = await verify(jws)
      const claims = JSON.parse(new TextDecoder().decode(payload))
      if (claims.bind.partition !== partition) throw new Error('bound to another partition')
      found.verified.push(place)
      found.headers.add(Object.keys(protectedHeader).sort().join())
      await verify(tampered(jws)).catch(() => found.tamperedRefused++)
    } catch (error) {
      found.refused.push(place)
    }
    if (Number(message.offset) + 1 >= open.get(partition)) open.delete(partition)
    if (open.size === 0) done.resolve()
  },
})
await done.promise
clearTimeout(deadline)
await consumer.disconnect()
console.log(JSON.stringify({ ...found, headers: [...found.headers] }))

function tampered(jws) {
  const [header, payload, signature] = jws.split('.')
  const bytes = Buffer.from(payload, 'base64url')
  bytes[bytes.length >> 1] ^= 1
  return [header, bytes.toString('base64url'), signature].join('.')
}

function deferred() {
  const result = {}
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }))
  return result
}
