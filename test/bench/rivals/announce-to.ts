import { createSocket } from "node:dgram";
import { encodeAnnouncement } from "../../../src/stats/packet.ts";

/** Tells backhand of the servers behind, as their announcements would; ends with the function that it gives. */
export function announceTo(port: number, backends: readonly number[]): () => void {
  const socket = createSocket("udp4");
  const startMs = Date.now();
  let sequence = 0;
  const send = (): void => {
    sequence += 1;
    for (const [index, backend] of backends.entries()) {
      const bytes = encodeAnnouncement({
        ready: 64,
        busy: 0,
        port: backend,
        id: `web${index}`,
        address: "127.0.0.1",
        startMs,
        sequence,
        timestampMs: Date.now(),
        load: 0.1 * index,
        cpuIdle: 0.9,
        cpuCount: 1,
        arriba: 100,
        totalMemoryBytes: 1e9,
        availableMemoryBytes: 5e8,
        backhanded: 0,
        meanTimeMs: null,
        state: "up",
        sessionsLeftMs: null,
      });
      socket.send(bytes, port, "127.0.0.1");
    }
  };
  const timer = setInterval(send, 500);
  send();
  return () => {
    clearInterval(timer);
    socket.close();
  };
}
