/** Texts like those of chats, the same in each run: words by Zipf's law, some identifiers, some Chinese. */
const WORDS = 30_000;
const LETTERS = 'etaoinshrdlucmfwygpbvkxqjz';

export function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** The word of a rank; the first are short and in most texts. */
function word(rank) {
  let [text, rest] = ['', rank];
  do {
    text += LETTERS[rest % LETTERS.length];
    rest = Math.floor(rest / LETTERS.length);
  } while (rest > 0 || text.length < 3 + (rank % 7));
  return text;
}

const rankOf = (chance) => Math.floor(WORDS ** chance) - 1;
const HAN = Array.from('机器学习模型数据库连接用户管理系统网络安全语言处理图像识别');

export function textOf(random) {
  const count = 20 + Math.floor(random() * 80);
  const words = Array.from({ length: count }, () => word(rankOf(random())));
  if (random() < 0.1) words.push(`get${capital(word(rankOf(random())))}By${capital(word(5))}Id`);
  if (random() < 0.05)
    words.push(Array.from({ length: 12 }, () => HAN[Math.floor(random() * HAN.length)]).join(''));
  return words.join(' ');
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** What is searched for, by kind; `n` varies it. */
export const QUERIES = {
  'a common word': (n) => word(n % 5),
  'a rare word': (n) => word(8000 + n * 37),
  'two words': (n) => `${word(3 + (n % 5))} ${word(300 + n)}`,
  'two letters': (n) => word(n % 30).slice(0, 2),
  'a beginning': (n) => word(200 + n * 13).slice(0, 4),
  'a phrase': (n) => `"${word(n % 5)} ${word(5 + (n % 7))}"`,
  'a part': (n) => `By${capital(word(5))}${n % 2 === 0 ? 'Id' : ''}`,
  Chinese: (n) => HAN.slice(n % 20, (n % 20) + 2).join(''),
  'no hit': (n) => `qzqzqz${String(n)}`,
};
