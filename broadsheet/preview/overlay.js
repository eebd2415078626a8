/* Preview only: what is wrong, over the page; and the files that a page was made from. */
(function () {
  'use strict';
  var own = document.currentScript.dataset;

  function make(tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  /* Where the browser lends no clipboard, the text is selected instead. */
  function copy(text, element, said) {
    if (!navigator.clipboard) {
      getSelection().selectAllChildren(element);
      return;
    }
    navigator.clipboard.writeText(text).then(said, said);
  }

  function showProblems(problems) {
    if (!problems.length) return;
    var box = make('section', 'preview-problems');
    box.setAttribute('role', 'alert');
    box.lang = 'en';
    box.appendChild(make('h2', '', 'The site is as it was before this went wrong'));
    problems.forEach(function (problem) {
      var row = make('p', '');
      row.appendChild(make('code', '', problem.where));
      row.appendChild(make('b', '', problem.message));
      if (problem.hint) row.appendChild(make('span', '', problem.hint));
      box.appendChild(row);
    });
    document.body.appendChild(box);
  }

  function showFile(path) {
    var box = make('p', 'preview-file');
    box.lang = 'en';
    var shown = box.appendChild(make('code', '', path));
    var button = box.appendChild(make('button', '', 'Copy'));
    button.type = 'button';
    button.addEventListener('click', function () {
      copy(path, shown, function () { button.textContent = 'Copied'; });
    });
    document.body.appendChild(box);
  }

  /* Each line of the source view says where it stands in the source; a click copies that. */
  function showLines(source) {
    document.querySelectorAll('#source [id^="L"]').forEach(function (line) {
      var place = source + ':' + line.id.slice(1);
      var number = line.querySelector('.n');
      if (!number) return;
      number.title = place;
      number.addEventListener('click', function () {
        copy(place, number, function () { number.title = place + ' (copied)'; });
      });
    });
  }

  fetch('/_preview/problems.json')
    .then(function (answer) { return answer.json(); })
    .then(function (state) { showProblems(state.problems); });
  if (own.file) showFile(own.file);
  if (own.source) showLines(own.source);
})();
