/** Traditional crypt(3): the hash of a password (bytes, or a text of which it takes the low bytes) with the salt in front. */
declare module "unix-crypt-td-js" {
  export default function unixCrypt(password: readonly number[] | string, salt: string): string;
}
