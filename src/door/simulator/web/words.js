// The page's language: Chinese or English. A reload keeps it.
const known = ['zh', 'en']
let language = localStorage.getItem('mina.language')
if (!known.includes(language)) language = navigator.language.startsWith('zh') ? 'zh' : 'en'
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'

export const lang = () => language

/** The text of {zh, en} in the page's language. */
export const say = (words) => words[language] ?? words.en

export function setLanguage(to) {
  localStorage.setItem('mina.language', to)
  location.reload()
}
