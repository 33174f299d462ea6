import type { AnswerMessage, QuestionMessage } from "./messages.ts";

/** Reading a large configuration takes seconds; a process that says nothing for so long is stuck. */
const limitMs = 60_000;

/** Asks the process at the other end of a channel, and matches its answers. */
export interface Questions<Question> {
  /** Rejects with what the other one says, when it takes more than a minute, and when it is gone. */
  readonly ask: (question: Question) => Promise<unknown>;
  readonly answered: (message: AnswerMessage) => void;
  /** Nobody answers any more. */
  readonly fail: (why: string) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function createQuestions<Question>(send: (message: QuestionMessage<Question>) => void): Questions<Question> {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let gone: string | null = null;
  return {
    ask(question) {
      if (gone !== null) return Promise.reject(new Error(gone));
      last += 1;
      const number = last;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(number);
          reject(new Error("no answer came within a minute"));
        }, limitMs);
        waiting.set(number, {
          resolve(value) {
            clearTimeout(timer);
            resolve(value);
          },
          reject(error) {
            clearTimeout(timer);
            reject(error);
          },
        });
        send({ kind: "question", number, question });
      });
    },
    answered({ number, result }) {
      const one = waiting.get(number);
      waiting.delete(number);
      if ("error" in result) one?.reject(new Error(result.error));
      else one?.resolve(result.value);
    },
    fail(why) {
      gone = why;
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    },
  };
}

/** Answers one question with what `reply` gives or rejects with. */
export async function answerQuestion<Question>(
  { number, question }: QuestionMessage<Question>,
  reply: (question: Question) => unknown,
  send: (message: AnswerMessage) => void,
): Promise<void> {
  try {
    send({ kind: "answer", number, result: { value: await reply(question) } });
  } catch (error) {
    send({
      kind: "answer",
      number,
      result: { error: error instanceof Error ? error.message : String(error) },
    });
  }
}
