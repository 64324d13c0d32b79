// What is done is kept in this browser for a year: the next visit sends it along.
export default function ({ data }) {
  document.cookie = `${data.name}=${data.value}; path=/; max-age=31536000; samesite=lax`;
}
