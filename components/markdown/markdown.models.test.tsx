import { beforeAll, expect, test } from 'vitest';
import { advanceBlocks, allChunks, openBlock, splitBlocks } from '@/lib/markdown/blocks/blocks';
import { comparable, formulasLoaded, html, wholeHtml } from './testing';

beforeAll(formulasLoaded);

/** The source, what the markup contains, and what it must not contain. */
type Case = readonly [written: string, shown: readonly string[], absent?: readonly string[]];

const energy = '<msup><mi>c</mi><mn>2</mn></msup>';
const sum = '<math display="block">';

const EMPHASIS: readonly Case[] = [
  ['含**「重点」**内容', ['含<strong>「重点」</strong>内容']],
  ['**粗体。**后面', ['<strong>粗体。</strong>后面']],
  ['**复现：**10 轮', ['<strong>复现：</strong>10 轮']],
  ['これは*「強調」*です', ['<em>「強調」</em>です']],
  ['删除~~「旧」~~新', ['<del>「旧」</del>新']],
  ['**Note:**text', ['**Note:**text']],
  ['大约3~5天，价格100~200元', ['大约3~5天，价格100~200元'], ['<del>']],
  ['0.3~8mm 和 1~2 kg', ['0.3~8mm'], ['<del>']],
  ['Water is H~2~O, ~~not~~ that', ['H~2~O', '<del>not</del>']],
  ['2*3*4 is a*b*c, *so*', ['2*3*4 is a*b*c, <em>so</em>']],
  ['__init__ and x.__my_name__, __bold__', ['__init__ and x.__my_name__, <strong>bold</strong>']],
];

const LINKS: readonly Case[] = [
  ['见 https://example.com。然后继续', ['>https://example.com</a>。然后继续']],
  [
    '（见https://a.com/x）和https://b.com。',
    ['>https://a.com/x</a>）和<a', '>https://b.com</a>。'],
  ],
  ['https://a.com，https://b.com', ['>https://a.com</a>，<a href="https://b.com"']],
  ['看 www.example.com！好', ['href="http://www.example.com"', '>www.example.com</a>！好']],
  ['https://a.com에서, https://a.com/x를 봐', ['>https://a.com</a>에서', '>https://a.com/x</a>를']],
  ['访问https://a.com查看', ['>https://a.com</a>查看']],
  ['https://zh.example.org/wiki/中国 ok', ['>https://zh.example.org/wiki/中国</a> ok']],
];

const FORMULAS: readonly Case[] = [
  ['Energy \\(E=mc^2\\) end', [energy], ['\\(']],
  ['Energy $E=mc^2$ end', [energy], ['$']],
  ['so \\[ \\int_0^1 x\\,dx \\] end', [sum, '<mo>∫</mo>'], ['\\[']],
  ['so $$x^2$$ end', [sum]],
  ['$$\nx\n- y\n= z\n$$', [sum, '<mi>z</mi>'], ['<ul', '$']],
  ['\\[\nx\n> y\n\\]', [sum], ['<blockquote']],
  ['Then\n$$\nx\n$$\nand **so**', [sum, '<p>and <strong>so</strong></p>']],
  ['\\[\nx\n\\] where **so**', [sum, '<p>where <strong>so</strong></p>']],
  ['- one\n  $$\n  x\n  $$\n- two', [sum, '<li>two</li>']],
  ['> \\[\n> x\n> \\]', ['<blockquote dir="auto">', sum]],
  ['the $n$th of $a*b*c$ and $x_1$, $x_2$', ['<mi>n</mi>', '<mo>∗</mo>'], ['<em>', '$']],
  ['其中$x$为变量', ['其中<span class="md-inline"><math>', '</math></span>为变量']],
  ['|a|\n|-|\n|$|x|$|', ['<mi mathvariant="normal">∣</mi>'], ['$']],
  ['so $ x_1 $ and $ \\frac{a}{b} $', ['<msub>', '<mfrac>'], ['$']],
  ['so $ x = 5 $ and $ 5 for $ 6', ['<mo>=</mo>', '$ 5 for $ 6']],
  ['90$^\\circ$C, H$_2$O, 5$\\times$3', ['<mo>∘</mo>', '<mo>×</mo>'], ['$']],
  ['PHP has $_GET,$_POST and $_', ['$_GET,$_POST and $_'], ['<math']],
  ['$\\ce{H2O}$', ['<mi mathvariant="normal">H</mi>'], ['ce{']],
  ['\\begin{align}\na &= b \\\\\n&= c\n\\end{align}\n**so**', [sum, '<strong>so'], ['begin']],
  ['\\begin{document}\nx', ['\\begin{document}<br/>\nx'], ['<math']],
  ['costs $ 5 for my_var and $ 6', ['costs $ 5 for my_var and $ 6'], ['<math']],
  ['costs $5 and $10', ['costs $5 and $10'], ['<math']],
  ['US$5, or $5-$10, or 5$ and 7$', ['US$5, or $5-$10, or 5$ and 7$'], ['<math']],
  ['$5 or 10$ and $20 to $30 **off**', ['$5 or 10$ and $20 to $30 <strong>'], ['<math']],
  ['set $HOME and $PATH:$HOME', ['set $HOME and $PATH:$HOME'], ['<math']],
  ['`$a$` and \\$5 and 7\\$', ['<code>$a$</code> and $5 and 7$'], ['<math']],
  ['see \\[1\\] and \\(see below\\)', ['see [1] and (see below)'], ['<math']],
  [
    '$\\frac{$ and $\\nonsense{x}$',
    ['$\\frac{$', '<code class="md-formula-source">$\\nonsense{x}$'],
  ],
  ['$$\nnever closed\n\nand **on**', ['never closed', '<strong>on</strong>'], ['<math']],
];

const TAGS: readonly Case[] = [
  ['|a|b|\n|-|-|\n|one<br>two<br/>x|y|', ['<td>one<br/>\ntwo<br/>\nx</td>']],
  ['H<sub>2</sub>O and x<sup>2</sup>', ['H<sub>2</sub>O and x<sup>2</sup>']],
  ['<kbd>Ctrl</kbd>+<mark>**C**</mark>', ['<kbd>Ctrl</kbd>', '<mark><strong>C</strong></mark>']],
  ['<SUB>a</sub> <sub>b', ['<sub>a</sub> &lt;sub&gt;b']],
  ['<sub class="x">a</sub> <q>b</q>', ['&lt;sub class="x"&gt;a&lt;/sub&gt; &lt;q&gt;b&lt;/q&gt;']],
  ['<b>a</b> <STRONG>b</STRONG> <i>c</i>', ['<strong>a</strong> <strong>b</strong> <em>c</em>']],
  ['<u>a</u><s>b</s><del>c</del><ins>d</ins>', ['<u>a</u><del>b</del><del>c</del><ins>d</ins>']],
  ['<code>a</code> <small>b</small>', ['<code>a</code> <small>b</small>']],
  ['Vec<S> and Box<B>, <b>', ['Vec&lt;S&gt; and Box&lt;B&gt;, &lt;b&gt;']],
  ['<a href="https://a.com">a</a>', ['<a href="https://a.com" target'], ['&lt;']],
  ['<a href="javascript:b()">a</a>', ['&lt;a href="javascript:b()"&gt;a&lt;/a&gt;'], ['href="j']],
  ['<a href="https://a.com?b=1&amp;c=2">a</a>', ['href="https://a.com?b=1&amp;c=2"'], ['amp;amp']],
  ['<a href="&#104;ttps://a.com">a</a>', ['<a href="https://a.com" target']],
  ['<a href="&#106;avascript:b()">a</a>', ['&lt;a href=', '&lt;/a&gt;'], ['<a ']],
  ['<a href="java&#x73;cript&colon;b()">a</a>', ['&lt;a href=', '&lt;/a&gt;'], ['<a ']],
  ['<a href="https://a.com&#32;b">a</a>', ['&lt;a href=', '&lt;/a&gt;'], ['<a ']],
  ['<!-- a -->\n\n<!-- b -->\nc<!-- d -->', ['<div class="markdown"><p>c</p></div>']],
  ['a\n\n<hr>\n\nb<hr/>c', ['<hr/>', 'b<br/>\nc'], ['&lt;']],
  ['<details><summary><b>A</b></summary>b</details>', ['<summary><strong>A</strong></summary>']],
  ['<sub>a<sup>b</sub>c</sup>', ['<sub>a&lt;sup&gt;b</sub>c&lt;/sup&gt;']],
  [
    '<details>\n<summary>More</summary>\n\nhidden **text**\n\n</details>\n\nafter',
    ['<summary>More</summary>', '<p>hidden <strong>text</strong></p>', '</details>\n<p>after'],
    ['&lt;'],
  ],
  [
    '<details open><summary>A *b* $x$</summary>\n- c\n</details>\nafter',
    [
      '<details dir="auto">',
      '<em>b</em> <span class="md-inline"><math>',
      '<li>c</li>',
      '</details>\n<p>after</p>',
    ],
    ['&lt;'],
  ],
  [
    '<details>\n\na\n\n<details>\n<summary>In</summary>\nb</details>\n\n|a|\n|-|\n|c|\n</details>',
    ['<summary>Details</summary>', '<summary>In</summary>\n<p>b</p>', '<td>c</td>'],
    ['&lt;'],
  ],
  ['<think>\nplan **a**\n</think>\nAnswer **b**', ['<strong>a</strong>', '<strong>b</strong>']],
  ['<div>\n**a**\n</div>', ['&lt;div&gt;<br/>\n<strong>a</strong><br/>\n&lt;/div&gt;']],
];

const CELLS: readonly Case[] = [
  [
    '|a|b|\n|-|-|\n|<ul><li>one</li><li>**two**</li></ul>|<ol><LI>1<li>2</ol> z|',
    [
      '<td><ul dir="auto"><li>one</li><li><strong>two</strong></li></ul></td>',
      '<td><ol dir="auto"><li>1</li><li>2</li></ol> z</td>',
    ],
    ['&lt;'],
  ],
  [
    '|a|\n|-|\n|x <ul> <li>one<ul><li>in</li></ul></li> </ul>|\n|<li>1</li> <li>2<br>b</li> z|\n|<ul><li>c|\n|<li>d</li><b>e</b>|',
    [
      '<td>x <ul dir="auto"><li>one<ul dir="auto"><li>in</li></ul></li></ul></td>',
      '<td><ul dir="auto"><li>1</li><li>2<br/>\nb</li></ul> z</td>',
      '<td><ul dir="auto"><li>c</li></ul></td>',
      '<td><ul dir="auto"><li>d</li></ul><strong>e</strong></td>',
    ],
    ['&lt;'],
  ],
  ['|a|\n|-|\n|- b<br>- c|', ['<td>- b<br/>\n- c</td>']],
  ['<ul><li>a</li></ul> </li>', ['&lt;ul&gt;&lt;li&gt;a&lt;/li&gt;&lt;/ul&gt;'], ['<li']],
  ['|a|\n|-|\n|</ul></li>b|', ['<td>&lt;/ul&gt;&lt;/li&gt;b</td>']],
];

const MARKS: readonly Case[] = [
  ['so ==this **is** it== there', ['so <mark>this <strong>is</strong> it</mark> there']],
  [
    '这是==重点==内容, (==a==) ==b==.',
    ['<mark>重点</mark>内容', '(<mark>a</mark>) <mark>b</mark>.'],
  ],
  ['a == b == c and a==b==c', ['a == b == c and a==b==c'], ['<mark']],
  ['===a=== ==b=== == c == ==d', ['===a=== ==b=== == c == ==d'], ['<mark']],
  ['`==a==` $a==b$ \\==c==', ['<code>==a==</code>', '==c=='], ['<mark']],
  [
    '==a\nb== ==`c`== **==d==**',
    ['<mark>a<br/>\nb</mark> <mark><code>c</code></mark>', '<mark>d</mark></strong>'],
  ],
  ['|a|\n|-|\n|==b==|', ['<td><mark>b</mark></td>']],
  ['Title\n==\nx', ['<h1>Title</h1>']],
];

const BLOCKS: readonly Case[] = [
  ['> [!NOTE]\n> Mind **it**', ['md-callout md-note', '>Note</p>', '<p>Mind <strong>'], ['[!']],
  ['> [!warning] Mind\n>\n> - a', ['md-callout md-warning', '<p>Mind</p>', '<li>a</li>'], ['[!']],
  ['> [!OTHER]\n> a', ['<blockquote dir="auto">', '[!OTHER]']],
  ['> [!Danger] Hot\n> a', ['md-callout md-caution', '>Danger</p>', '<p>Hot<br/>\na</p>']],
  ['• a\n• b', ['<p>• a<br/>\n• b</p>']],
  ['**Pro:**\n- a\n**Con:** b\n- c', ['<li>a</li>\n</ul><p><strong>Con:</strong> b</p>']],
  ['> a\n**B**', ['</blockquote>\n<p><strong>B</strong></p>']],
  ['|a|b|\n|-|-|\n|1|2|\nafter', ['<td>2</td>', '</button></div>\n<p>after</p>']],
  ['- |a|b|\n  |-|-|\n  |1|2|\n  after\n- c', ['<p>after</p>', '<p>c</p>']],
  ['A sentence.\n---\nTitle\n---', ['<p>A sentence.</p>\n<hr/>', '<h2>Title</h2>']],
  ['- [ ] a\n  - [x] b', ['aria-label="Open"/> a\n<ul dir="auto"', 'aria-label="Done"']],
  ['|a|b|\n|-|-|\n|`x|y`|1|', ['<td><code>x|y</code></td><td>1</td>']],
  ['|`a|b`|c|\n|-|-|\n|`x\\|y`|1|', ['<th scope="col"><code>a|b</code>', '<code>x|y</code></td>']],
  ['|a|b|\n|-|-|\n| ` | ` |', ['<td>`</td><td>`</td>']],
  ['- |a|b|\n  |-|-|\n  |`x|y`|1|', ['<td><code>x|y</code></td><td>1</td>']],
  ['|שם|גיל|\n|-|-|\n|1|2|', ['dir="auto" tabindex="0"><table>']],
  ['> مرحبا', ['<blockquote dir="auto">']],
  ['Fact\uE200cite\uE202turn0search0\uE201 and on', ['Fact and on'], ['turn0', '\uE200']],
  ['Fact\uE200cite\uE202turn0', ['<p>Fact</p>']],
  ['Fact【4:0†notes.pdf】 and【注】', ['<p>Fact and【注】</p>']],
  ['```{.python}\nx\n```', ['<span>Python</span>']],
];

const NUMBERED: readonly Case[] = [
  [
    '1. A\n  - b\n  - c\n2. D',
    ['A\n<ul dir="auto">\n<li>b</li>\n<li>c</li>\n</ul>\n</li>', '<li>D</li>\n</ol>'],
    ['start='],
  ],
  [
    '1. **A**\n\n  - b\n    - c\n      more\n\n  - d\n\n2. E',
    ['<p>b</p>\n<ul dir="auto">\n<li>c<br/>\nmore</li>', '<p>d</p>', '<p>E</p>'],
    ['start='],
  ],
  [
    '10) A\n  * b\n    ```\n    c\n    ```\n11) D',
    ['<li>b', '<span>c', '<li>D</li>'],
    ['start="11"'],
  ],
  ['- 1. A\n    - b\n  2. C', ['A\n<ul dir="auto">\n<li>b</li>', '<li>C</li>\n</ol>']],
  [
    '1. A\n  - |a|b|\n    |-|-|\n    |`x|y`|1|\n2. C',
    ['<code>x|y</code></td>', 'C</li>'],
    ['start'],
  ],
  ['1. A\n   - b\n  - c', ['<li>b</li>\n<li>c</li>']],
  ['1. A\n - b\n\n2. A\n  * * *', ['</ol><ul dir="auto">\n<li>b</li>', '<hr/>']],
  ['1. A\n   ```\n  - b\n', ['<li>b</li>']],
  ['> 1. A\n>   - b', ['</ol>\n<ul dir="auto">\n<li>b</li>']],
];

const NESTED_FENCES: readonly Case[] = [
  ['```markdown\n# Title\n```js\nlet a\n```\nmore\n```\nafter', ['```js', 'more', '<p>after</p>']],
  ['- ~~~md\n  ~~~js\n  a\n  ~~~\n  b\n  ~~~\n- after', ['~~~js', '<li>after</li>'], ['~~~~']],
  ['```text\n```md\n```\nafter', ['```md', '<p>after</p>']],
];

const all = [EMPHASIS, LINKS, FORMULAS, TAGS, CELLS, MARKS, BLOCKS, NUMBERED, NESTED_FENCES]
  .flat()
  .map(([written, shown, absent = []]) => ({ written, shown, absent }));

test.each(all)('$written is rendered as intended', ({ written, shown, absent }) => {
  const markup = html(written);
  const visible = markup.replace(/<annotation[^]*?<\/annotation>/g, '');
  for (const part of shown) expect(visible.replaceAll('&quot;', '"')).toContain(part);
  for (const part of absent) expect(visible).not.toContain(part);
});

const long = 'A sentence that is long enough not to share its block with the next one. '.repeat(3);

test.each(all)('$written renders the same whole, in blocks and streamed', ({ written }) => {
  const text = `${long}\n\n${written}\n\n${long}\n\n${written}`;
  expect(comparable(html(text))).toBe(comparable(wholeHtml(text)));
  expect(html(`${text}\n\n${long}`, true)).toBe(html(`${text}\n\n${long}`));
  let blocks = splitBlocks('');
  for (let length = 1; length <= text.length; length += 1)
    blocks = advanceBlocks(blocks, text.slice(0, length));
  const whole = splitBlocks(text);
  expect(allChunks(blocks, openBlock(blocks))).toEqual(allChunks(whole, openBlock(whole)));
});
